"""Between the neutral question and a question of a quiz or a bank: one module a family of types, both ways in each."""

from app.quizzes.formats.quiz_document.fitting import Fitted, Unfit
from app.quizzes.formats.quiz_document.types import fit, from_quiz

__all__ = ["Fitted", "Unfit", "fit", "from_quiz"]
