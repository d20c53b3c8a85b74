"""The versions of a quiz that asked the same, side by side with those that asked something else."""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from app.library.catalogue import Entry
from app.quizzes import papers
from app.quizzes.statistics.forms_asked import shape_of
from app.quizzes.statistics.sittings import Sitting

MOST_LOOKED_AT = 40  # versions, the latest ones


@dataclass(frozen=True)
class Versions:
    """Versions of a quiz that ask and pay the same, whatever the words around; `numbers` ascend. `attempts` is how many
    attempts stand under one of them."""

    numbers: tuple[int, ...]
    revision_id: int
    is_published: bool
    attempts: int

    @property
    def number(self) -> int:
        """The latest, which names them all."""
        return self.numbers[-1]


def versions_of(quiz: Entry, revisions: Sequence[Any], sittings: Sequence[Sitting]) -> list[Versions]:
    """The versions in the quiz's language that somebody took, and the published one, the latest first. One statement
    for each whose paper is not in memory yet."""
    taken = Counter(sitting.regraded_by or sitting.revision for sitting in sittings)
    looked_at = [
        row for row in revisions if row.language == quiz.language and (row.id in taken or row.id == quiz.revision_id)
    ][-MOST_LOOKED_AT:]
    alike: dict[Hashable, list[Any]] = {}
    for row in looked_at:
        alike.setdefault(shape_of(papers.of(row.id).facts), []).append(row)
    found = [
        Versions(
            tuple(row.number for row in rows),
            rows[-1].id,
            any(row.id == quiz.revision_id for row in rows),
            sum(taken[row.id] for row in rows),
        )
        for rows in alike.values()
    ]
    return sorted(found, key=lambda each: each.number, reverse=True)
