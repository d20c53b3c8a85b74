"""The answers of each of Moodle's question types, as ours."""

import re
from collections.abc import Callable
from dataclasses import replace

from app.quizzes.formats import cloze, rubrics, weights
from app.quizzes.formats.answers import NO_TEXT, Answer, Answers, Note, Row, TextOf, Unusable
from app.quizzes.formats.lines import one_line
from app.quizzes.formats.markup import Text, as_markdown
from app.quizzes.formats.model import FULL, NONE, Question, Type
from app.quizzes.formats.moodle_numbers import answer_of, calculated, numerical
from app.quizzes.formats.xml_source import Node

_YES = ("true", "1", "yes")
_TAGS = re.compile(r"<[^>]{0,500}>")
_USUAL_FEEDBACK = re.compile(
    r"(?:your answer is (?:correct|partially correct|incorrect)\.?|that answer is (?:correct|incorrect)\.?"
    r"|votre réponse est (?:correcte|partiellement correcte|incorrecte)\.?)?"
)


def _multichoice(node: Node, text_of: TextOf, note: Note) -> Answers:
    is_single = (node.text_at("single") or "true").lower() in _YES
    shuffle = (node.text_at("shuffleanswers") or "true").lower() in _YES
    options = tuple(answer_of(each, text_of(each), text_of) for each in node.all("answer"))
    if is_single:
        options = tuple(_with_combined(node, each, text_of) for each in options)
    return Answers(
        Type.SINGLE if is_single else Type.MULTIPLE,
        options,
        finish=lambda question: replace(question, shuffle=shuffle),
    )


def _with_combined(node: Node, option: Answer, text_of: TextOf) -> Answer:
    """An option with what Moodle says to any right, partly right or wrong answer: of one answer, that is its own."""
    name = "correctfeedback" if option.fraction == FULL else "partiallycorrectfeedback"
    said = combined(node, name if option.fraction > NONE else "incorrectfeedback", text_of)
    if not said.words:
        return option
    if not option.feedback.words:
        return replace(option, feedback=said)
    if option.feedback.form == said.form:
        between = "" if said.form == "html" else "\n\n"
        return replace(option, feedback=Text(option.feedback.words + between + said.words, said.form))
    both = "\n\n".join(map(as_markdown, (option.feedback, said)))
    return replace(option, feedback=Text(both, "markdown"))


def combined(node: Node, name: str, text_of: TextOf) -> Text:
    """A feedback for any answer of a kind, unless it is what Moodle puts there by itself."""
    said = node.first(name)
    words = one_line(_TAGS.sub(" ", said.text_at("text"))).lower() if said else ""
    return NO_TEXT if _USUAL_FEEDBACK.fullmatch(words) else text_of(said)


def _truefalse(node: Node, text_of: TextOf, note: Note) -> Answers:
    """Old files have the words in some language: then the first is true, the second false."""
    found = [answer_of(each, text_of(each), text_of) for each in node.all("answer")]
    names = [each.text.words.lower() for each in found]
    if len(found) != 2:
        raise Unusable(f"{len(found)} answers to a true/false question, expected two")
    if set(names) != {"true", "false"}:
        note(f"the answers “{names[0][:20]}” and “{names[1][:20]}” are taken for true and false, in this order")
        names = ["true", "false"]
    named = [replace(each, text=Text(name)) for each, name in zip(found, names, strict=True)]
    return Answers(Type.TRUE_FALSE, tuple(sorted(named, key=lambda each: each.text.words, reverse=True)), typed=True)


def _shortanswer(node: Node, text_of: TextOf, note: Note) -> Answers:
    case_counts = node.text_at("usecase").lower() in _YES
    options = tuple(answer_of(each, text_of(each), text_of) for each in node.all("answer"))
    return Answers(
        Type.SHORT_ANSWER, options, typed=True, finish=lambda question: replace(question, case_counts=case_counts)
    )


def _matching(node: Node, text_of: TextOf, note: Note) -> Answers:
    rows = tuple(Row(text_of(each), one_line(each.text_at("answer", "text"))) for each in node.all("subquestion"))
    return Answers(Type.MATCHING, pairs=rows)


def _essay(node: Node, text_of: TextOf, note: Note) -> Answers:
    if node.text_at("responsetemplate", "text"):
        note("the template of the answer is left out")
    if (node.text_at("attachments") or "0") != "0":
        note("that files may be attached is left out")
    most = weights.number(node.text_at("maxwordlimit"))
    info = text_of(node.first("graderinfo"))
    rubric = rubrics.read(as_markdown(info) if info.form != "plain" else info.words)

    def finish(question: Question) -> Question:
        return replace(question, rubric=rubric, most_words=int(most) if most else None)

    if info.words and not rubric and node.text_at("generalfeedback", "text"):
        note("the information for graders is left out")
    if info.words and not rubric and not node.text_at("generalfeedback", "text"):
        return Answers(Type.FREE_TEXT, feedback=info, finish=finish)
    return Answers(Type.FREE_TEXT, finish=finish)


def _ordering(node: Node, text_of: TextOf, note: Note) -> Answers:
    """In the order of their numbers, which Moodle writes where others write weights, else in that of the file."""
    answers = node.all("answer")
    places = [weights.number(each.attributes.get("fraction", "")) for each in answers]
    known = [place for place in places if place is not None]
    if len(set(known)) == len(answers):
        answers = [answer for _, answer in sorted(zip(known, answers, strict=True), key=lambda each: each[0])]
    return Answers(Type.ORDERING, tuple(Answer(text_of(each), FULL) for each in answers))


def _gaps(node: Node, text_of: TextOf, note: Note) -> Answers:
    """`[[3]]` is where the third choice belongs; choices that belong nowhere are there to mislead."""
    choices = [each.text_at("text") or each.text.strip() for each in node.all("dragbox", "selectoption")]
    if len({each.text_at("group") or "1" for each in node.all("dragbox", "selectoption")}) > 1:
        note("its choices are in groups, and become one list")
    text = text_of(node.first("questiontext"))
    return _with_gaps(cloze.renumbered(text, choices), True)


def _cloze(node: Node, text_of: TextOf, note: Note) -> Answers:
    found = cloze.read(text_of(node.first("questiontext")), note)
    return _with_gaps(found, found.chosen)


def _with_gaps(found: cloze.Gaps, chosen: bool) -> Answers:
    if found.trouble:
        raise Unusable(found.trouble)
    wrong = tuple(Answer(Text(each), NONE) for each in found.wrong)
    told = dict(found.told)
    form = "plain" if found.text.form in ("html", "auto") else found.text.form  # its tags are gone by now
    rows = tuple(Row(Text(str(place)), match, Text(told.pop(place, ""), form)) for place, match in found.right)
    case_counts = found.case_counts and not chosen
    return Answers(
        Type.GAPS,
        wrong,
        rows,
        typed=True,
        text=found.text,
        finish=lambda question: replace(question, chosen=chosen, case_counts=case_counts),
    )


READERS: dict[str, Callable[[Node, TextOf, Note], Answers]] = {
    "multichoice": _multichoice,
    "truefalse": _truefalse,
    "shortanswer": _shortanswer,
    "numerical": numerical,
    "matching": _matching,
    "match": _matching,
    "essay": _essay,
    "ordering": _ordering,
    "calculated": calculated,
    "calculatedsimple": calculated,
    "calculatedmulti": calculated,
    "cloze": _cloze,
    "multianswer": _cloze,
    "ddwtos": _gaps,
    "gapselect": _gaps,
}
