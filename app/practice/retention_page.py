"""Retention: what the predictions promised, and what was remembered."""

from dataclasses import dataclass

from app.accounts.actor import Actor
from app.practice import calibration, due, review_rows
from app.practice.calibration import Bin, Share

MOST = 5_000  # the last ones: who a person was years ago says nothing of today


@dataclass(frozen=True)
class RetentionPage:
    """`target` is the organisation's, in percent."""

    target: int
    overall: Share
    bins: tuple[Bin, ...]


def page(actor: Actor) -> RetentionPage:
    """A person's own. One statement."""
    answers = review_rows.predicted(actor.id, MOST)
    return RetentionPage(due.retention(), calibration.overall(answers), tuple(calibration.bins(answers)))
