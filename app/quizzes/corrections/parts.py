"""What a correction is made of."""

from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

from app.quizzes.grading import Verdict
from app.quizzes.sections import Section
from app.quizzes.sheets import Sheet


@dataclass(frozen=True)
class Shown:
    """What a reader may see: what the author says to replies, and what was right. A manager sees both.

    `models`: how the author would have written it; not as long as it is to be scored, or it would be handed in next.
    """

    feedback: bool = True
    answers: bool = True
    models: bool = True

    @property
    def marks(self) -> bool:
        """Whether each part of a reply is marked right or wrong."""
        return self.feedback or self.answers


@dataclass(frozen=True)
class Line:
    """A reply, given or expected, and what the author says to it; HTML from the author, or words to be escaped.

    `is_right` is None where one line is the whole reply, so that the verdict says it.
    """

    html: str = ""
    words: str = ""
    feedback: str = ""
    is_right: bool | None = None


@dataclass(frozen=True)
class Part:
    """A gap, a prompt, an item or a position: what was put there, whether it belongs there, and what does."""

    label: Line
    given: Line | None
    is_right: bool | None = None
    is_near: bool = False
    expected: Line | None = None
    feedback: str = ""


@dataclass(frozen=True)
class Criterion:
    """A line of the rubric: what was looked for, and the points it was given of those it may be."""

    name: str
    points: int
    most: int


@dataclass(frozen=True)
class Scored:
    """What a manager gave to a written reply; `share` is the part of its points that it earns."""

    share: Fraction
    criteria: tuple[Criterion, ...]
    comment: str
    by_name: str
    at: datetime


@dataclass(frozen=True)
class Told:
    """What one type's function finds to say: the reply, what was expected, part by part, and the author's words."""

    given: tuple[Line, ...] = ()
    expected: tuple[Line, ...] = ()
    parts: tuple[Part, ...] = ()
    in_order: tuple[int, int] | None = None
    feedback: str = ""
    is_near: bool = False


@dataclass(frozen=True)
class Correction:
    """One question of a result. `verdict` is that of the reply itself, None while a manager still has to score it;
    `mark` is what it earned in the end, once the `hints` taken have cost `lost` percent of its points.

    `asked` is the text with its gaps numbered. `in_order`: the pairs in the right order, of all pairs. `is_unreadable`:
    what was typed is no number; `is_incomplete`: something was left without its place.
    """

    sheet: Sheet
    asked: str
    verdict: Verdict | None
    mark: Fraction
    told: Told
    is_unreadable: bool = False
    is_incomplete: bool = False
    hints: int = 0
    lost: int = 0
    scored: Scored | None = None
    section: Section | None = None
    shown: Shown = field(default_factory=Shown)
