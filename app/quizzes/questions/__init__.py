"""The types of question, told apart by `type`. `Question` is any of them."""

from typing import Annotated, Any

from pydantic import Discriminator, Tag

from app.quizzes.questions.arranged import CategoriesQuestion, GapsQuestion, MatchingQuestion, OrderingQuestion
from app.quizzes.questions.choices import MultipleQuestion, Option, SingleQuestion, TrueFalseQuestion
from app.quizzes.questions.typed import CalculatedQuestion, NumericQuestion, ShortAnswerQuestion
from app.quizzes.questions.written import FreeTextQuestion

__all__ = [
    "TYPES",
    "CalculatedQuestion",
    "CategoriesQuestion",
    "FreeTextQuestion",
    "GapsQuestion",
    "MatchingQuestion",
    "MultipleQuestion",
    "NumericQuestion",
    "Option",
    "OrderingQuestion",
    "Question",
    "ShortAnswerQuestion",
    "SingleQuestion",
    "TrueFalseQuestion",
]

TYPES = (
    "single",
    "multiple",
    "true_false",
    "numeric",
    "calculated",
    "short_answer",
    "gaps",
    "matching",
    "ordering",
    "categories",
    "free_text",
)


def _type_of(value: Any) -> str:
    kind = value.get("type") if isinstance(value, dict) else getattr(value, "type", None)
    return f"type:{kind}"


Question = Annotated[
    Annotated[SingleQuestion, Tag("type:single")]
    | Annotated[MultipleQuestion, Tag("type:multiple")]
    | Annotated[TrueFalseQuestion, Tag("type:true_false")]
    | Annotated[NumericQuestion, Tag("type:numeric")]
    | Annotated[CalculatedQuestion, Tag("type:calculated")]
    | Annotated[ShortAnswerQuestion, Tag("type:short_answer")]
    | Annotated[GapsQuestion, Tag("type:gaps")]
    | Annotated[MatchingQuestion, Tag("type:matching")]
    | Annotated[OrderingQuestion, Tag("type:ordering")]
    | Annotated[CategoriesQuestion, Tag("type:categories")]
    | Annotated[FreeTextQuestion, Tag("type:free_text")],
    Discriminator(
        _type_of,
        custom_error_type="question_type",
        custom_error_message=f"a type: {', '.join(TYPES[:-1])} or {TYPES[-1]}",
    ),
]
