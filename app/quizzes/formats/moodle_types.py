"""The answers of each of Moodle's question types, as ours."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from app.quizzes.formats import cloze, weights
from app.quizzes.formats.markup import Text
from app.quizzes.formats.model import FULL, NONE, Option, Pair, Question, Type, Variable
from app.quizzes.formats.numbers_of import numeric_option, option_of, with_best_number
from app.quizzes.formats.xml_source import Node

TextOf = Callable[[Node | None], Text]
Note = Callable[[str], None]
_NO_TEXT = Text("")
_YES = ("true", "1", "yes")


class Unusable(Exception):
    """A question that cannot be kept; the message says why."""


@dataclass(frozen=True)
class Answer:
    """An option before its text has taken the form of its question."""

    text: Text
    fraction: Fraction
    feedback: Text = _NO_TEXT


@dataclass(frozen=True)
class Row:
    """A pair, likewise."""

    prompt: Text
    match: str


@dataclass(frozen=True)
class Answers:
    """What a question type says. `typed`: the options are typed, so they are no markup. `text`: in place of its own."""

    type: Type
    options: tuple[Answer, ...] = ()
    pairs: tuple[Row, ...] = ()
    typed: bool = False
    text: Text | None = None
    finish: Callable[[Question], Question] = lambda question: question

    def into(self, words: list[str], question: Question) -> Question:
        """The question with its texts: the text, the feedback, the options, their feedback, the prompts."""
        count = len(self.options)
        texts = [each.text.words for each in self.options] if self.typed else words[2 : 2 + count]
        return self.finish(
            replace(
                question,
                text=words[0],
                feedback=words[1],
                options=tuple(
                    Option(text, each.fraction, feedback)
                    for text, each, feedback in zip(texts, self.options, words[2 + count : 2 + 2 * count], strict=True)
                ),
                pairs=tuple(
                    Pair(prompt, each.match) for prompt, each in zip(words[2 + 2 * count :], self.pairs, strict=True)
                ),
            )
        )


def _multichoice(node: Node, text_of: TextOf, note: Note) -> Answers:
    is_single = (node.text_at("single") or "true").lower() in _YES
    options = tuple(_answer(each, text_of(each), text_of) for each in node.all("answer"))
    return Answers(Type.SINGLE if is_single else Type.MULTIPLE, options)


def _truefalse(node: Node, text_of: TextOf, note: Note) -> Answers:
    """Old files have the words in some language: then the first is true, the second false."""
    found = [_answer(each, text_of(each), text_of) for each in node.all("answer")]
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
    options = tuple(_answer(each, text_of(each), text_of) for each in node.all("answer"))
    return Answers(
        Type.SHORT_ANSWER, options, typed=True, finish=lambda question: replace(question, case_counts=case_counts)
    )


def _numerical(node: Node, text_of: TextOf, note: Note) -> Answers:
    options = []
    for each in node.all("answer"):
        given = each.text_at("text") or each.text.strip()
        written = given if given == "*" else option_of(given, each.text_at("tolerance") or "0")
        if written is None:
            raise Unusable(f"the numeric answer “{given[:60]}” with the tolerance “{each.text_at('tolerance')[:20]}”")
        options.append(_answer(each, Text(numeric_option(written) or written), text_of))
    unit = _unit(node, note)
    return Answers(
        Type.NUMERIC, tuple(options), typed=True, finish=lambda question: with_best_number(replace(question, unit=unit))
    )


def _unit(node: Node, note: Note) -> str:
    units = node.first("units")
    found = [
        (each.text_at("unit_name"), weights.number(each.text_at("multiplier") or "1"))
        for each in (units.all("unit") if units else [])
    ]
    own = next((name for name, multiplier in found if multiplier == 1), "")
    if any(name != own for name, _ in found):
        note("its other units are left out")
    return own


def _matching(node: Node, text_of: TextOf, note: Note) -> Answers:
    rows = tuple(
        Row(text_of(each), " ".join(each.text_at("answer", "text").split())) for each in node.all("subquestion")
    )
    return Answers(Type.MATCHING, pairs=rows)


def _essay(node: Node, text_of: TextOf, note: Note) -> Answers:
    if node.text_at("graderinfo", "text"):
        note("the information for graders is left out")
    if node.text_at("responsetemplate", "text"):
        note("the template of the answer is left out")
    if (node.text_at("attachments") or "0") != "0":
        note("that files may be attached is left out")
    return Answers(Type.FREE_TEXT)


def _ordering(node: Node, text_of: TextOf, note: Note) -> Answers:
    """In the order of their numbers, which Moodle writes where others write weights, else in that of the file."""
    answers = node.all("answer")
    places = [weights.number(each.attributes.get("fraction", "")) for each in answers]
    known = [place for place in places if place is not None]
    if len(set(known)) == len(answers):
        answers = [answer for _, answer in sorted(zip(known, answers, strict=True), key=lambda each: each[0])]
    return Answers(Type.ORDERING, tuple(Answer(text_of(each), FULL) for each in answers))


def _calculated(node: Node, text_of: TextOf, note: Note) -> Answers:
    """A formula; of one with choices, the right one is asked for as a number."""
    answers = node.all("answer")
    is_choice = node.attributes.get("type") == "calculatedmulti"
    options = [_answer(each, Text(each.text_at("text") or each.text.strip()), text_of) for each in answers]
    if is_choice:
        if any(each.fraction != FULL for each in options):
            note("its wrong choices are left out: the result is asked for")
        options = [replace(each, text=Text(_formula(each.text.words))) for each in options if each.fraction == FULL]
    first = answers[0] if answers else node
    tolerance = weights.number(first.text_at("tolerance") or "0")
    kind = {"1": "relative", "3": "geometric"}.get(first.text_at("tolerancetype") or "1", "absolute")
    if kind == "geometric":
        note("its tolerance is geometric, and kept as relative")
    if len({each.text_at("tolerance") for each in answers}) > 1:
        note("the tolerances of its other answers are left out")
    variables, unit = _variables(node), _unit(node, note)

    def finish(question: Question) -> Question:
        return replace(
            question,
            tolerance=tolerance,
            tolerance_kind="absolute" if kind == "absolute" else "relative",
            variables=variables,
            unit=unit,
        )

    return Answers(Type.CALCULATED, tuple(options), typed=True, finish=finish)


def _formula(text: str) -> str:
    """The formula of a choice such as “{={a}+{b}} €”.

    >>> _formula("{={a}*(1+{b})} EUR")
    '{a}*(1+{b})'
    """
    start = text.find("{=")
    if start < 0:
        return text
    depth = 0
    for place in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if depth == 0:
            return text[start + 2 : place]
    return text


def _variables(node: Node) -> tuple[Variable, ...]:
    definitions = node.first("dataset_definitions")
    found = []
    for each in definitions.all("dataset_definition") if definitions else []:
        low, high, decimals = (
            weights.number(each.text_at(name, "text")) for name in ("minimum", "maximum", "decimals")
        )
        if low is None or high is None or low > high:
            raise Unusable(f"the variable {each.text_at('name', 'text')[:40]} without a range of numbers")
        places = min(15, max(0, int(decimals or 0)))
        found.append(Variable(each.text_at("name", "text"), low, high, places))
    return tuple(found)


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
    rows = tuple(Row(Text(str(place)), match) for place, match in found.right)
    return Answers(
        Type.GAPS, wrong, rows, typed=True, text=found.text, finish=lambda question: replace(question, chosen=chosen)
    )


def _answer(node: Node, text: Text, text_of: TextOf) -> Answer:
    feedback = text_of(node.first("feedback"))
    old = node.text_at("fraction")  # as a tag, from 0 to 1: files of long ago
    given = node.attributes.get("fraction")
    if given is None and old:
        share: Fraction | None = weights.share_of(weights.number(old) or Decimal(0))
    else:
        share = weights.fraction_of(given or "0")
    if share is None:
        raise Unusable(f"the weight {str(given)[:20]}, expected a percentage from -100 to 100")
    return Answer(text, share, feedback)


READERS: dict[str, Callable[[Node, TextOf, Note], Answers]] = {
    "multichoice": _multichoice,
    "truefalse": _truefalse,
    "shortanswer": _shortanswer,
    "numerical": _numerical,
    "matching": _matching,
    "match": _matching,
    "essay": _essay,
    "ordering": _ordering,
    "calculated": _calculated,
    "calculatedsimple": _calculated,
    "calculatedmulti": _calculated,
    "cloze": _cloze,
    "multianswer": _cloze,
    "ddwtos": _gaps,
    "gapselect": _gaps,
}
