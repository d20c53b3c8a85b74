"""What to read again after a quiz: the sections where the most points were lost."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from app.quizzes.questions import Question

MOST = 2


def weakest_sections(questions: Sequence[Question], marks: Mapping[str, Fraction], most: int = MOST) -> list[str]:
    """The `read_again` links of the sections that cost the most points, the costliest first; none when all is right.

    Of two that cost the same, the one asked about first comes first.
    """
    lost: dict[str, Fraction] = {}
    for question in questions:
        missing = question.points - marks.get(question.key, Fraction(0))
        lost[question.read_again] = lost.get(question.read_again, Fraction(0)) + missing
    costly = sorted((section for section in lost if lost[section]), key=lambda section: -lost[section])
    return costly[:most]
