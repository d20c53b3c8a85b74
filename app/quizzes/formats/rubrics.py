"""A rubric as lines of text, which other platforms show to who scores: `- Names the proof (3 points)`."""

import re

from app.quizzes.formats.model import Criterion

_LINE = re.compile(r"[-*] (.{1,200}) \(([1-9][0-9]?) points?\)")
MOST, MOST_POINTS = 10, 20


def text_of(rubric: tuple[Criterion, ...]) -> str:
    """The lines.

    >>> text_of((Criterion("Une preuve", 3), Criterion("Le ton", 1)))
    '- Une preuve (3 points)\\n- Le ton (1 point)'
    """
    return "\n".join(f"- {each.name} ({each.points} point{'s' if each.points > 1 else ''})" for each in rubric)


def read(text: str) -> tuple[Criterion, ...]:
    """The criteria of a text that is nothing but such lines; else none."""
    lines = [line.strip().removeprefix("\\") for line in text.split("\n") if line.strip()]
    found = [_LINE.fullmatch(line) for line in lines]
    criteria = tuple(Criterion(each[1], int(each[2])) for each in found if each and int(each[2]) <= MOST_POINTS)
    return criteria if len(criteria) == len(lines) <= MOST else ()
