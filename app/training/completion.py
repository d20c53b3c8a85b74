"""Whether something is done: read from acknowledgements that stand and quizzes that were passed, never stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


class QuizStanding(Protocol):
    """How a person stands on a quiz that they submitted at least once."""

    @property
    def best_percent(self) -> int:
        """From 0 to 100, rounded down."""

    @property
    def attempts(self) -> int:
        """How many were submitted."""

    @property
    def passed_at(self) -> datetime | None:
        """When it was first passed."""


@dataclass(frozen=True)
class Deeds:
    """What one person did, by document.

    `read` holds the acknowledgements that stand, `outdated` those given on a text that has changed materially since.
    """

    read: Mapping[str, datetime] = field(default_factory=dict)
    outdated: Mapping[str, datetime] = field(default_factory=dict)
    quizzes: Mapping[str, QuizStanding] = field(default_factory=dict)

    @property
    def best(self) -> dict[str, int]:
        """The best percent of each quiz submitted."""
        return {quiz: standing.best_percent for quiz, standing in self.quizzes.items()}

    @property
    def is_empty(self) -> bool:
        """Whether the person has not begun anything."""
        return not (self.read or self.outdated or self.quizzes)

    def done_at(self, document_id: str) -> datetime | None:
        """When a play was acknowledged or a quiz passed; None while it is to do."""
        if document_id in self.read:
            return self.read[document_id]
        standing = self.quizzes.get(document_id)
        return standing.passed_at if standing else None


@dataclass(frozen=True)
class Completion:
    """How many of how many are done, and since when all of them are."""

    done: int
    total: int
    since: datetime | None = None

    @property
    def is_done(self) -> bool:
        """Whether all is done; what holds nothing is never done."""
        return 0 < self.total == self.done


def of(items: Iterable[str], deeds: Deeds) -> Completion:
    """The completion of one play, one quiz, or all the plays and quizzes of a step."""
    instants = [deeds.done_at(item) for item in items]
    done = [instant for instant in instants if instant is not None]
    return Completion(len(done), len(instants), max(done) if done and len(done) == len(instants) else None)
