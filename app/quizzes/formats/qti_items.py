"""One question as a QTI 2.1 item."""

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from xml.sax.saxutils import escape, quoteattr

from app.quizzes.formats import rubrics, weights
from app.quizzes.formats.lines import one_line
from app.quizzes.formats.model import ANYTHING, FULL, Option, Pair, Question, Type
from app.quizzes.formats.numbers_of import answers_of
from app.quizzes.formats.qti_body import GAP, MARKDOWN, MATCHING, PLAIN
from app.quizzes.formats.qti_marking import MAP, RESPONSE, SCORE_BY_MAP, SHOW, TYPED, all_when, told
from app.quizzes.formats.qti_marking import processing as how_marked

_GAP = re.compile(r"\[\[(\d{1,4})\]\]")
_NOT_XML = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
STAR = re.compile(r"(?<!\\)\*")  # any letters, which no item can say
Parts = tuple[str, str, tuple[str, str]]


def prepared(question: Question) -> Question:
    """The question as an item can hold it: what is typed or matched on one line, no catch-all, no weights beyond."""
    options = tuple(_typed(question)) if question.type in TYPED else question.options
    pairs = [Pair(each.prompt, one_line(each.match)) for each in question.pairs]
    pairs.sort(key=lambda each: not each.prompt)  # what matches nothing comes last
    points = question.points if weights.number(weights.decimal_text(question.points)) == question.points else FULL
    return replace(question, options=options, pairs=tuple(pairs), points=points)


def _typed(question: Question) -> Iterable[Option]:
    """What is typed: no wildcard, one feedback for all that is right, and one for everything else."""
    options = answers_of(question)
    right = next((each.feedback for each in options if each.fraction == FULL), "")
    seen: set[str] = set()
    for each in options:
        line = one_line(each.text)
        if line in seen:
            continue
        seen.add(line)
        if line == ANYTHING and not each.fraction and each.feedback:
            yield each
        elif not STAR.search(line) and (question.type is Type.SHORT_ANSWER or each.fraction == FULL):
            yield replace(each, text=line, feedback=right if each.fraction == FULL else "")


def item(question: Question) -> str:
    """The XML of an item."""
    declarations, body, rules = _parts(question)
    processing = how_marked(question, *rules)
    if question.type is not Type.GAPS:  # there, the text stands among its gaps
        body = _paragraph(question.text, question) + body
    if question.rubric and question.type is Type.FREE_TEXT:
        body += f'<rubricBlock view="scorer">{_paragraph(rubrics.text_of(question.rubric), question)}</rubricBlock>'
    identifier = question.key if question.key[:1].isalpha() else f"_{question.key}"
    most = weights.decimal_text(question.points)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" '
        f"identifier={quoteattr(identifier)} title={_attribute(question.title)} "
        'adaptive="false" timeDependent="false">\n'
        f"{declarations}\n"
        '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>\n'
        '<outcomeDeclaration identifier="MAXSCORE" cardinality="single" baseType="float">'
        f"<defaultValue><value>{most}</value></defaultValue></outcomeDeclaration>\n"
        '<outcomeDeclaration identifier="FEEDBACK" cardinality="multiple" baseType="identifier"/>\n'
        '<outcomeDeclaration identifier="GENERAL" cardinality="single" baseType="identifier">'
        "<defaultValue><value>general</value></defaultValue></outcomeDeclaration>\n"
        '<outcomeDeclaration identifier="TOLD" cardinality="single" baseType="identifier"/>\n'
        f"<itemBody>{body}</itemBody>\n{processing}\n{_feedback(question)}</assessmentItem>\n"
    )


def _parts(question: Question) -> Parts:
    """The declarations, the interaction, how the response is marked: the standard's template for it, and the rules."""
    match question.type:
        case Type.SINGLE | Type.MULTIPLE | Type.TRUE_FALSE:
            return _choice(question)
        case Type.NUMERIC:
            return _number(question)
        case Type.SHORT_ANSWER:
            return _entry(question)
        case Type.MATCHING | Type.CATEGORIES:
            return _match(question)
        case Type.ORDERING:
            return _order(question)
        case Type.GAPS:
            return _gap_match(question) if question.chosen else _entries(question)
        case _:
            declared = _declare([], "single", "string", {})
            return declared, f'<extendedTextInteraction responseIdentifier="{RESPONSE}"/>', ("", "")


def _choice(question: Question) -> Parts:
    names = _names(question)
    is_multiple = question.type is Type.MULTIPLE
    earned = {
        name: each.fraction * question.points
        for name, each in zip(names, question.options, strict=True)
        if each.fraction
    }
    right = [name for name, value in earned.items() if (value > 0 if is_multiple else value == question.points)]
    declared = _declare(right, "multiple" if is_multiple else "single", "identifier", earned)
    choices = "".join(
        f'<simpleChoice identifier="{name}">{_paragraph(each.text, question)}</simpleChoice>'
        for name, each in zip(names, question.options, strict=True)
    )
    most = 0 if is_multiple else 1
    shuffle = str(question.shuffle and question.type is not Type.TRUE_FALSE).lower()
    body = (
        f'<choiceInteraction responseIdentifier="{RESPONSE}" shuffle="{shuffle}" maxChoices="{most}">'
        f"{choices}</choiceInteraction>"
    )
    return declared, body, ("", SCORE_BY_MAP + SHOW)


def _names(question: Question) -> list[str]:
    if question.type is Type.TRUE_FALSE:
        return [each.text for each in question.options]
    return [f"C{number}" for number in range(1, len(question.options) + 1)]


def _number(question: Question) -> Parts:
    value = weights.decimal_text(question.value or Decimal(0))
    width = weights.decimal_text(question.tolerance or Decimal(0))
    declared = _declare([value], "single", "float", {})
    said = 'toleranceMode="exact"' if width == "0" else f'toleranceMode="absolute" tolerance="{width} {width}"'
    if question.relative_tolerance is not None and width == "0":
        percent = weights.decimal_text(question.relative_tolerance)
        said = f'toleranceMode="relative" tolerance="{percent} {percent}"'
    test = f'<equal {said}><variable identifier="{RESPONSE}"/><correct identifier="{RESPONSE}"/></equal>'
    return declared, f'<p><textEntryInteraction responseIdentifier="{RESPONSE}"/></p>', ("", all_when(test))


def _entry(question: Question) -> Parts:
    known = [replace(each, text=each.text.replace("\\*", "*")) for each in question.options if each.text != ANYTHING]
    earned = {each.text: each.fraction * question.points for each in known}
    right = [each.text for each in known if each.fraction == FULL][:1]
    declared = _declare(right, "single", "string", earned, case=question.case_counts)
    return declared, f'<p><textEntryInteraction responseIdentifier="{RESPONSE}"/></p>', MAP


def _entries(question: Question) -> Parts:
    """Several fields to fill in, a response each."""
    right: dict[str, list[str]] = {}
    for each in question.pairs:
        right.setdefault(each.prompt, []).append(each.match)
    share = question.points / max(1, len(right))
    declared = "\n".join(
        _declare(
            words[:1],
            "single",
            "string",
            dict.fromkeys(words, share),
            case=question.case_counts,
            name=f"{RESPONSE}{place}",
        )
        for place, words in right.items()
    )
    text = _paragraph(question.text, question)
    kind = f' class="{GAP}"' if len(right) == 1 else ""
    body = _GAP.sub(lambda found: f'<textEntryInteraction responseIdentifier="{RESPONSE}{found[1]}"{kind}/>', text)
    total = "".join(f'<mapResponse identifier="{RESPONSE}{place}"/>' for place in right)
    return declared, body, ("", f'<setOutcomeValue identifier="SCORE"><sum>{total}</sum></setOutcomeValue>')


def _gap_match(question: Question) -> Parts:
    words = [each.match for each in question.pairs] + [each.text for each in question.options]
    right = [f"W{number} G{each.prompt}" for number, each in enumerate(question.pairs, start=1)]
    declared = _declare(right, "multiple", "directedPair", dict.fromkeys(right, question.points / max(1, len(right))))
    offered = "".join(
        f'<gapText identifier="W{number}" matchMax="1">{_words(each)}</gapText>'
        for number, each in enumerate(words, start=1)
    )
    text = _GAP.sub(lambda found: f'<gap identifier="G{found[1]}"/>', _paragraph(question.text, question))
    body = f'<gapMatchInteraction responseIdentifier="{RESPONSE}" shuffle="true">{offered}{text}</gapMatchInteraction>'
    return declared, body, MAP


def _match(question: Question) -> Parts:
    sorts = question.type is Type.CATEGORIES
    targets: list[str] = []
    right, prompts = [], []
    for each in question.pairs:
        if sorts and each.match in targets:
            target = targets.index(each.match) + 1
        else:
            targets.append(each.match)
            target = len(targets)
        if each.prompt:
            prompts.append(each.prompt)
            right.append(f"P{len(prompts)} M{target}")
    declared = _declare(right, "multiple", "directedPair", dict.fromkeys(right, question.points / max(1, len(right))))
    most = 0 if sorts else 1
    left = "".join(
        f'<simpleAssociableChoice identifier="P{number}" matchMax="1">'
        f"{_paragraph(each, question)}</simpleAssociableChoice>"
        for number, each in enumerate(prompts, start=1)
    )
    facing = "".join(
        f'<simpleAssociableChoice identifier="M{number}" matchMax="{most}">{_words(each)}</simpleAssociableChoice>'
        for number, each in enumerate(targets, start=1)
    )
    kind = "" if sorts else f' class="{MATCHING}"'
    body = (
        f'<matchInteraction responseIdentifier="{RESPONSE}" shuffle="true" maxAssociations="0"{kind}>'
        f"<simpleMatchSet>{left}</simpleMatchSet><simpleMatchSet>{facing}</simpleMatchSet></matchInteraction>"
    )
    return declared, body, MAP


def _order(question: Question) -> Parts:
    names = [f"C{number}" for number in range(1, len(question.options) + 1)]
    choices = "".join(
        f'<simpleChoice identifier="{name}">{_paragraph(each.text, question)}</simpleChoice>'
        for name, each in zip(names, question.options, strict=True)
    )
    body = f'<orderInteraction responseIdentifier="{RESPONSE}" shuffle="true">{choices}</orderInteraction>'
    test = f'<match><variable identifier="{RESPONSE}"/><correct identifier="{RESPONSE}"/></match>'
    return _declare(names, "ordered", "identifier", {}), body, ("match_correct", all_when(test))


def _declare(
    right: Iterable[str],
    cardinality: str,
    base_type: str,
    earned: dict[str, Fraction],
    *,
    case: bool = False,
    name: str = RESPONSE,
) -> str:
    values = "".join(f"<value>{_words(each)}</value>" for each in right)
    cased = f' caseSensitive="{str(case).lower()}"' if base_type == "string" else ""
    entries = "".join(
        f'<mapEntry mapKey={_attribute(key)} mappedValue="{weights.decimal_text(round(value, 12))}"{cased}/>'
        for key, value in earned.items()
    )
    mapping = f'<mapping lowerBound="0" defaultValue="0">{entries}</mapping>' if entries else ""
    correct = f"<correctResponse>{values}</correctResponse>" if values else ""
    return (
        f'<responseDeclaration identifier="{name}" cardinality="{cardinality}" baseType="{base_type}">'
        f"{correct}{mapping}</responseDeclaration>"
    )


def _feedback(question: Question) -> str:
    out = []
    if question.type in (Type.SINGLE, Type.MULTIPLE, Type.TRUE_FALSE):
        out = [
            _modal("FEEDBACK", name, each.feedback, question)
            for name, each in zip(_names(question), question.options, strict=True)
            if each.feedback
        ]
    out += [
        _modal("TOLD", name, said, question)
        for name, said in zip(("right", "wrong"), told(question), strict=True)
        if said
    ]
    if question.feedback:
        out.append(_modal("GENERAL", "general", question.feedback, question))
    return "".join(f"{each}\n" for each in out)


def _modal(outcome: str, name: str, text: str, question: Question) -> str:
    shown = _paragraph(text, question)
    return f'<modalFeedback outcomeIdentifier="{outcome}" identifier="{name}" showHide="show">{shown}</modalFeedback>'


def _paragraph(text: str, question: Question) -> str:
    """A text that is read again letter by letter."""
    lines = "<br/>".join(_words(line) for line in text.split("\n"))
    return f'<p class="{PLAIN if question.is_plain else MARKDOWN}">{lines}</p>'


def _words(text: str) -> str:
    return escape(_NOT_XML.sub("", text))


def _attribute(text: str) -> str:
    return quoteattr(_NOT_XML.sub("", text))
