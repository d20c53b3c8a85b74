"""What Moodle XML keeps of a question."""

import re
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from app.quizzes.formats import rubrics
from app.quizzes.formats.lines import one_line
from app.quizzes.formats.losses import as_percentages, reduced, tidy
from app.quizzes.formats.model import FULL, Criterion, Option, Pair, Question, Type, Unit
from app.quizzes.formats.numbers_of import answers_of, with_absolute_tolerance, with_best_number

# What it holds of a type besides what every format does.
_ALSO: dict[str, tuple[str, ...]] = {
    Type.SINGLE: ("shuffle",),
    Type.MULTIPLE: ("shuffle",),
    Type.NUMERIC: ("unit", "other_units"),
    Type.CALCULATED: ("unit", "other_units", "relative_tolerance"),
    Type.SHORT_ANSWER: ("case_counts",),
    Type.GAPS: ("case_counts",),
    Type.MATCHING: ("if_right", "if_wrong"),
    Type.CATEGORIES: ("if_right", "if_wrong"),
    Type.ORDERING: ("if_right", "if_wrong"),
    Type.FREE_TEXT: ("rubric", "most_words"),
    "chosen": ("if_right", "if_wrong"),
}
GAP = re.compile(r"\[\[(\d{1,4})\]\]")
_EMBEDDED = re.compile(r"\{\d{0,6}:[A-Z_]{2,20}:")
_NOT_XML = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def kept_of(question: Question) -> Question | str:
    """What Moodle XML keeps of a question, or why it keeps nothing."""
    known = _in_xml(tidy(question))
    options = as_percentages(known.options)
    pairs = known.pairs if known.type is Type.GAPS else tuple(replace(each, feedback="") for each in known.pairs)
    known = with_absolute_tolerance(replace(known, options=options, pairs=pairs, points=_seven_decimals(known.points)))
    known = reduced(known, "hints", *_ALSO.get("chosen" if known.chosen else known.type, ()))
    match known.type:
        case Type.TRUE_FALSE:
            return replace(known, options=tuple(sorted(options, key=lambda each: each.text != "true")))
        case Type.NUMERIC:
            return with_best_number(replace(known, options=answers_of(known)))
        case Type.MATCHING | Type.CATEGORIES:
            pairs = tuple(Pair(each.prompt, one_line(each.match)) for each in known.pairs)
            return replace(known, type=Type.MATCHING, pairs=pairs)
        case Type.CALCULATED if known.tolerance and known.relative_tolerance is not None:
            return replace(known, relative_tolerance=None)
        case Type.ORDERING:
            return replace(known, options=tuple(Option(each.text, FULL) for each in options))
        case Type.GAPS:
            return _kept_gaps(known)
        case Type.FREE_TEXT:
            rubric = known.rubric if rubrics.read(rubrics.text_of(known.rubric)) == known.rubric else ()
            return replace(known, options=(), pairs=(), rubric=rubric)
    return known


def _kept_gaps(question: Question) -> Question | str:
    places = [int(number) for number in GAP.findall(question.text)]
    if places != list(range(1, len(places) + 1)) or {each.prompt for each in question.pairs} != set(map(str, places)):
        return "gaps that are not numbered in their order"
    if question.chosen and len(question.pairs) != len(places):
        return "a gap with several right choices"
    if not question.chosen and _EMBEDDED.search(question.text):
        return "a text that looks like an embedded answer"
    if any(not each.match for each in question.pairs) or "*" in (each.match for each in question.pairs):
        return "a gap with an empty answer"
    if not question.chosen and any("{" in each.match for each in question.pairs):
        return "a gap whose answer has a brace"
    pairs = tuple(sorted(question.pairs, key=lambda each: int(each.prompt)))
    pairs = tuple(_told_once(pairs, question.chosen))
    options = tuple(Option(each.text) for each in question.options) if question.chosen else ()
    return replace(question, pairs=pairs, options=options)


def _told_once(pairs: Iterable[Pair], chosen: bool) -> Iterable[Pair]:
    """Of a gap's answers the first alone has feedback, which an opening brace would end; chosen words have none."""
    seen: set[str] = set()
    for each in pairs:
        keeps = not chosen and each.prompt not in seen and "{" not in each.feedback
        seen.add(each.prompt)
        yield each if keeps else replace(each, feedback="")


def _in_xml(question: Question) -> Question:
    """The question without the few characters that XML cannot hold."""

    def can(text: str) -> str:
        return _NOT_XML.sub("", text)

    return tidy(
        replace(
            question,
            title=can(question.title),
            text=can(question.text),
            feedback=can(question.feedback),
            options=tuple(Option(can(each.text), each.fraction, can(each.feedback)) for each in question.options),
            pairs=tuple(Pair(can(each.prompt), can(each.match), can(each.feedback)) for each in question.pairs),
            tags=tuple(can(each) for each in question.tags),
            category=can(question.category),
            unit=can(question.unit),
            other_units=tuple(Unit(can(each.name), each.factor) for each in question.other_units),
            hints=tuple(map(can, question.hints)),
            if_right=can(question.if_right),
            if_wrong=can(question.if_wrong),
            rubric=tuple(Criterion(can(each.name), each.points) for each in question.rubric),
        )
    )


def _seven_decimals(points: Fraction) -> Fraction:
    return round(points, 7) if points > 0 else FULL
