"""What a correction changes in the questions of an attempt: as they were graded, and as they are graded from now on."""

from collections.abc import Collection
from dataclasses import dataclass

from app.quizzes.attempting.composition import Find
from app.quizzes.identity import what_is_asked
from app.quizzes.questions import Question
from app.quizzes.regrading import carrying


@dataclass(frozen=True)
class Change:
    """A question that counts differently: `was` is the form that graded it, None when it was left out before; `now` the
    one that grades it, None when it is left out. A reply names places in `asked`, the form it was given to."""

    key: str
    asked: Question
    was: Question | None
    now: Question | None

    @property
    def is_answer(self) -> bool:
        """Whether what it asks or takes for right is another, and not only what it pays."""
        return self.was is not None and self.now is not None and what_is_asked(self.was) != what_is_asked(self.now)


@dataclass(frozen=True)
class Forms:
    """Where the forms of a question are found: as asked, as graded, as published. `left_out` are the keys that an
    earlier regrading left out; `leave_out`: what is no longer published is left out from now on."""

    asked: Find
    graded: Find
    published: Find
    left_out: Collection[str]
    leave_out: bool

    def is_withdrawn(self, key: str) -> bool:
        """Whether it is no longer published, and still counts."""
        return key not in self.left_out and self.published(key) is None

    def is_kept(self, key: str) -> bool:
        """Whether it keeps the form that graded it: it is not published any more, or has become another question."""
        asked, published = self.asked(key), self.published(key)
        return asked is not None and (published is None or not carrying.fits(asked, published))

    def change(self, key: str) -> Change | None:
        """How a question changes; None when it counts as before."""
        asked, published = self.asked(key), self.published(key)
        if asked is None:
            return None
        graded = self.graded(key) or asked
        was = None if key in self.left_out else graded
        if published is None and (self.leave_out or key in self.left_out):
            now = None
        else:
            now = graded if self.is_kept(key) else published
        return None if counts_alike(was, now) else Change(key, asked, was, now)


def counts_alike(one: Question | None, other: Question | None) -> bool:
    """Whether two forms ask the same, take the same for right and pay the same."""
    if one is None or other is None or one is other:
        return one is other
    return one.points == other.points and what_is_asked(one) == what_is_asked(other)
