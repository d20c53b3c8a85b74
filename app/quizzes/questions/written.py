"""Questions answered in sentences, which a manager scores on a rubric."""

from typing import Literal

from pydantic import Field

from app.library.kinds import Words
from app.quizzes.questions.parts import Base, Part


class Criterion(Part):
    """What a manager looks for, and the most it earns; 0 when it is not there."""

    name: Words = Field(max_length=200)
    points: int = Field(ge=1, le=20)


class FreeTextQuestion(Base):
    """Some sentences. Its share is what the criteria earned of what they could. `model_answer` is shown afterwards."""

    type: Literal["free_text"]
    rubric: list[Criterion] = Field(min_length=1, max_length=10)
    model_answer: Words
    most_words: int = Field(default=300, ge=10, le=2000)
