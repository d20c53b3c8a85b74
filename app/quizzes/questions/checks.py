"""What the types alone do not say: keys that repeat, things that nobody could tell apart, answers that nobody could
give, sections that find too little."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from app.library.kinds import Finding
from app.quizzes import wording
from app.quizzes.questions import (
    CalculatedQuestion,
    FreeTextQuestion,
    GapsQuestion,
    NumericQuestion,
    Question,
    ShortAnswerQuestion,
)
from app.quizzes.questions.fineness import FINEST, parts_of_a_point
from app.quizzes.questions.formulas import check_formula
from app.quizzes.questions.placeholders import GAP
from app.quizzes.questions.repeats import check_repeats, no_repeats

LONGEST_TOGETHER = 119  # of a bank's id and a key: answers keep both with a slash between them

Field = tuple[str | int, ...]


def check_questions(questions: Sequence[Question]) -> Iterable[Finding]:
    """All that is wrong in the questions of one file."""
    seen: dict[str, int] = {}
    for place, question in enumerate(questions):
        here: Field = ("questions", place)
        if question.key in seen:
            what = f"the key “{question.key}” is also question {seen[question.key] + 1}"
            yield Finding(what, "a key of its own", (*here, "key"))
        seen.setdefault(question.key, place)
        yield from check_repeats(question, here)
        yield from no_repeats(question.tags, (*here, "tags"), "tag")
        if question.picture_alt and not question.picture:
            yield Finding("“picture_alt” without a picture", "a “picture” that it describes", (*here, "picture_alt"))
        match question:
            case CalculatedQuestion():
                yield from check_formula(question, here)
            case GapsQuestion():
                yield from _check_gaps(question, here)
            case ShortAnswerQuestion():
                yield from _check_words(question, here)
            case NumericQuestion():
                yield from _check_numbers(question, here)
            case FreeTextQuestion():
                names = [criterion.name for criterion in question.rubric]
                yield from no_repeats(names, (*here, "rubric"), "criterion", "name")


def check_fineness(questions: Sequence[Question], hint_cost: int = 1) -> Iterable[Finding]:
    """Credits that together make marks too long to be kept exactly; said of the first question that goes too far."""
    if parts_of_a_point(questions, hint_cost) <= FINEST:
        return
    too_fine = (n for n in range(1, len(questions) + 1) if parts_of_a_point(questions[:n], hint_cost) > FINEST)
    place = next(too_fine) - 1
    what = f"the credits up to the question “{questions[place].key}”, which no common fraction of a point holds"
    yield Finding(what, "simpler ones, such as 1/3 or 0.25", ("questions", place))


def check_quiz(facts: Any) -> Iterable[Finding]:
    """A quiz: its questions, what its sections find among them, what its hints cost."""
    yield from check_questions(facts.questions)
    yield from check_fineness(facts.questions, facts.hint_cost)
    asked: set[int] = set()
    for place, section in enumerate(facts.sections):
        if section.bank:
            continue
        fitting = {n for n, question in enumerate(facts.questions) if set(section.tags) <= set(question.tags)}
        asked |= fitting
        if len(fitting) < (section.draw or 1):
            what = f"{len(fitting)} questions for the section “{section.title}”"
            yield Finding(what, f"at least {section.draw or 1} with its tags", ("sections", place))
    for place, question in enumerate(facts.questions):
        if facts.sections and place not in asked:
            what = f"no section asks the question “{question.key}”"
            yield Finding(what, "a section without a bank that draws it", ("questions", place))
        if len(question.hints) * facts.hint_cost > 100:
            what = f"{len(question.hints)} hints at {facts.hint_cost} % of the points each"
            expected = "fewer, or a lower “hint_cost”: the last ones would cost more than there is"
            yield Finding(what, expected, ("questions", place, "hints"))


def check_bank(facts: Any) -> Iterable[Finding]:
    """A bank: its questions, and keys that answers can be kept under together with its id."""
    yield from check_questions(facts.questions)
    yield from check_fineness(facts.questions)
    longest = LONGEST_TOGETHER - len(facts.id)
    for place, question in enumerate(facts.questions):
        if len(question.key) > longest:
            what = f"the key “{question.key[:60]}” is too long beside the id of the bank"
            yield Finding(what, f"at most {max(1, longest)} characters", ("questions", place, "key"))


def _check_gaps(question: GapsQuestion, here: Field) -> Iterable[Finding]:
    """Each gap has its mark in the text, once, and words that somebody could type."""
    marks = [int(each) for each in GAP.findall(question.text)]
    if sorted(marks) != list(range(1, len(question.gaps) + 1)):
        found = ", ".join(f"[[{mark}]]" for mark in marks) or "no [[1]]"
        expected = f"[[1]] to [[{len(question.gaps)}]], each once" if len(question.gaps) > 1 else "[[1]], once"
        yield Finding(f"{found} in the text", expected, (*here, "text"))
    if not question.choose:
        for row, gap in enumerate(question.gaps):
            yield from _could_be_given(gap.accepted, (*here, "gaps", row, "accepted"))


def _check_words(question: ShortAnswerQuestion, here: Field) -> Iterable[Finding]:
    """Accepted words can be given; others are not accepted already."""
    yield from _could_be_given(question.accepted, (*here, "accepted"))
    counts = {"case": question.case_counts, "accents": question.accents_count}
    known = {wording.essence(words, **counts) for words in question.accepted}
    for row, other in enumerate(question.also):
        field = (*here, "also", row, "text")
        yield from _could_be_given([other.text], field, row=True)
        essence = wording.essence(other.text, **counts)
        if essence in known:
            yield Finding(f"“{other.text}” stands among the answers before it", "another answer", field)
        known.add(essence)


def _could_be_given(accepted: Sequence[str], field: Field, *, row: bool = False) -> Iterable[Finding]:
    """Words that are all punctuation compare as nothing, so nobody could give them."""
    for place, words in enumerate(accepted):
        if not any(letter.isalnum() for letter in words):
            at = field if row else (*field, place)
            yield Finding(f"“{words}” among the accepted answers", "letters or digits", at)


def _check_numbers(question: NumericQuestion, here: Field) -> Iterable[Finding]:
    """Other numbers are not right already."""
    value = Fraction(question.value)
    within = max(Fraction(question.tolerance), abs(value) * Fraction(question.relative_tolerance) / 100)
    for row, other in enumerate(question.also):
        if abs(Fraction(other.value) - value) <= within:
            yield Finding(
                f"{other.value} among the other numbers counts as right already",
                "a number that does not",
                (*here, "also", row),
            )
