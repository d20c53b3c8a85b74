"""Grading: an exact share of the points for each reply, by the formulas in docs/assessment.md."""

from app.quizzes.grading.results import Result, Verdict, grade, grade_all, percent, verdict
from app.quizzes.grading.shares import is_readable, near_gaps, near_miss, parts_right, share
from app.quizzes.questions.parts import ALL, NOTHING

__all__ = [
    "ALL",
    "NOTHING",
    "Result",
    "Verdict",
    "grade",
    "grade_all",
    "is_readable",
    "near_gaps",
    "near_miss",
    "parts_right",
    "percent",
    "share",
    "verdict",
]
