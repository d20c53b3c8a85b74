"""What one attempt asks, put together from its sheet, the quiz and the banks: plain questions, ready to be answered."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from app.quizzes import calculated
from app.quizzes.attempting.drawing import Sheet
from app.quizzes.calculation import WrongFormula
from app.quizzes.documents import BankFacts, QuizFacts
from app.quizzes.questions import CalculatedQuestion, Question
from app.quizzes.regrading import carrying

Find = Callable[[str], Question | None]


def keyed_by_bank(bank_id: str, facts: BankFacts) -> dict[str, Question]:
    """The questions of a bank under the keys that attempts know them by, "bank/key"."""
    questions = (question.model_copy(update={"key": f"{bank_id}/{question.key}"}) for question in facts.questions)
    return {question.key: question for question in questions}


def bank_of(key: str) -> str | None:
    """The bank that a question of this key belongs to; None for one of the quiz's own."""
    bank, slash, _ = key.partition("/")
    return bank if slash else None


def compose(
    keys: Sequence[str], values: Mapping[str, Mapping[str, str]], language: str, *finders: Find
) -> list[Question]:
    """The questions of these keys, as the first finder that has one knows it; calculated ones with their values put in.

    The last finder is the revision that the attempt was started on, so it knows them all.
    """
    return [ready(key, values.get(key), language, *finders) for key in keys]


def corrected(find: Find, find_first: Find) -> Find:
    """A finder of corrected questions: of those to which what was replied to their first form is still a reply."""

    def found(key: str) -> Question | None:
        question, first = find(key), find_first(key)
        return question if question and first and carrying.fits(first, question) else None

    return found


def section_titles(sheet: Sheet | None, facts: QuizFacts) -> tuple[str, ...]:
    """The title of each question's section, in the order asked; empty for a quiz without sections."""
    counts: Sequence[int] = sheet.get("sections", ()) if sheet else ()
    return tuple(
        section.title for section, several in zip(facts.sections, counts, strict=False) for _ in range(several)
    )


def ready(key: str, values: Mapping[str, str] | None, language: str, *finders: Find) -> Question:
    """One of these questions."""
    for find in finders:
        question = find(key)
        if isinstance(question, CalculatedQuestion):
            question = _resolved(question, values, language)
        if question is not None:
            return question
    raise LookupError(key)


def _resolved(question: CalculatedQuestion, values: Mapping[str, str] | None, language: str) -> Question | None:
    """None where this revision of the question needs other values than those drawn, or cannot be computed with them."""
    if values is None or not {variable.name for variable in question.variables} <= values.keys():
        return None
    plain = question.model_copy(update={"key": question.key.rpartition("/")[2]})
    try:
        numeric = calculated.resolve(plain, {name: Decimal(value) for name, value in values.items()}, language)
    except WrongFormula:
        return None
    return numeric.model_copy(update={"key": question.key})
