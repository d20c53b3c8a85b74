"""Corrections: what is said of each reply once it is graded, type by type, as far as it is to be shown."""

from app.quizzes.corrections.parts import Correction, Criterion, Line, Part, Scored, Shown
from app.quizzes.corrections.telling import correct

__all__ = ["Correction", "Criterion", "Line", "Part", "Scored", "Shown", "correct"]
