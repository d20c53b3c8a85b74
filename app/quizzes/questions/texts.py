"""What the library reads in questions: their links, and every text that is Markdown."""

from collections.abc import Iterable, Sequence
from typing import Any

from app.library.kinds import Reference
from app.quizzes.questions import CategoriesQuestion, Question

_SAID = ("text", "if_true", "if_false", "if_right", "if_wrong", "model_answer")

Field = tuple[str | int, ...]


def references_of(questions: Sequence[Question]) -> Iterable[Reference]:
    """The links of questions."""
    for place, question in enumerate(questions):
        yield Reference(question.read_again, ("questions", place, "read_again"))


def texts_of(questions: Sequence[Question]) -> Iterable[tuple[Field, str]]:
    """Every Markdown text of questions, and where it stands. A picture is one as well: the library looks for it."""
    for place, question in enumerate(questions):
        here: Field = ("questions", place)
        for name in _SAID:
            yield (*here, name), getattr(question, name, "")
        for number, hint in enumerate(question.hints):
            yield (*here, "hints", number), hint
        if question.picture:
            yield (*here, "picture"), f"![picture]({question.picture})"
        for number, item in enumerate(getattr(question, "items", ())):
            yield (*here, "items", number), item
        for rows, names in (("options", ("text", "feedback")), ("pairs", ("prompt", "match", "feedback"))):
            yield from _texts_of_rows(question, here, rows, names)
        for rows in ("also", "gaps"):
            yield from _texts_of_rows(question, here, rows, ("feedback",))
        if isinstance(question, CategoriesQuestion):
            for row, category in enumerate(question.categories):
                for number, item in enumerate(category.items):
                    yield (*here, "categories", row, "items", number), item


def _texts_of_rows(question: Any, here: Field, rows: str, names: Sequence[str]) -> Iterable[tuple[Field, str]]:
    for number, row in enumerate(getattr(question, rows, ())):
        for name in names:
            yield (*here, rows, number, name), getattr(row, name, None) or ""
