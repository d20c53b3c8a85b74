"""The report on a quiz: its figures, and what they ask its author to look at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.quizzes.statistics import flags, quiz_statistics
from app.quizzes.statistics.flags import Flag
from app.quizzes.statistics.quiz_statistics import Report
from app.quizzes.statistics.recorded_marks import Recorded


@dataclass(frozen=True)
class ItemReport:
    """The figures of what was recorded, with their flags, the most serious first."""

    recorded: Recorded
    report: Report
    flags: Sequence[Flag]

    def of(self, key: str) -> list[Flag]:
        """The flags of one question."""
        return [flag for flag in self.flags if flag.key == key]

    @property
    def flagged(self) -> Mapping[str, list[Flag]]:
        """The flags by question, those of the quiz left out."""
        found: dict[str, list[Flag]] = {}
        for flag in self.flags:
            if flag.key is not None:
                found.setdefault(flag.key, []).append(flag)
        return found


def report_of(recorded: Recorded) -> ItemReport:
    """All there is to say of these marks."""
    report = quiz_statistics.report(recorded.marks, recorded.guesses)
    return ItemReport(recorded, report, flags.of_report(report, recorded.asked, recorded.counts))
