"""One question in every version of a quiz that asked it, side by side."""

from dataclasses import dataclass

from app.quizzes.statistics import recorded_marks, sittings
from app.quizzes.statistics.forms_asked import Forms, form_of
from app.quizzes.statistics.item_statistics import FEWEST_ATTEMPTS, ItemStatistics, analyse
from app.quizzes.statistics.quiz_page import Looked
from app.quizzes.statistics.quiz_versions import Versions

MOST_COMPARED = 8  # the latest versions


@dataclass(frozen=True)
class Earlier:
    """A question as it did under versions that asked the same; `is_same`: it asked what it asks now."""

    versions: Versions
    attempts: int
    figures: ItemStatistics
    is_same: bool

    @property
    def has_figures(self) -> bool:
        """Whether enough attempts were asked it."""
        return self.attempts >= FEWEST_ATTEMPTS


def history_of(looked: Looked, key: str, which: str) -> list[Earlier]:
    """The latest versions first; empty when there is only one. One statement, since the answers are read once.

    The figures of a version are made of one attempt a person at that version.
    """
    if len(looked.versions) < 2:
        return []
    answers = list(sittings.answers_of(looked.quiz.id, ()))
    now = looked.found.recorded.questions[key]
    found = []
    for versions in looked.versions[:MOST_COMPARED]:
        forms = Forms(versions.revision_id)
        recorded = recorded_marks.assemble(forms, looked.every, lambda _choices: answers, which)
        if key in recorded.marks.columns:
            question = recorded.questions[key]
            found.append(
                Earlier(
                    versions,
                    recorded.asked[key],
                    analyse(recorded.marks, recorded.guesses)[key],
                    form_of(question) == form_of(now),
                )
            )
    return found
