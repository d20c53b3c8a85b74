"""The statistics of a quiz as a page: nobody's name, how many attempts each figure stands on, what to do about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.core.errors import NotFound
from app.library import catalogue
from app.library.catalogue import Entry
from app.playbook.staircase import Stair
from app.quizzes import papers
from app.quizzes.question_page import stair_of
from app.quizzes.questions import Question
from app.quizzes.statistics import recorded_marks, sittings
from app.quizzes.statistics.flag_words import FlagWords, told
from app.quizzes.statistics.forms_asked import Forms
from app.quizzes.statistics.item_report import ItemReport, report_of
from app.quizzes.statistics.item_statistics import FEWEST_ATTEMPTS, ItemStatistics
from app.quizzes.statistics.quiz_versions import Versions, versions_of
from app.quizzes.statistics.recorded_marks import FIRST
from app.quizzes.statistics.where_written import editing_address


@dataclass(frozen=True)
class Chosen:
    """What is looked at: the first or the best attempt of each person, at the published quiz or at earlier versions."""

    which: str = FIRST
    revision: int | None = None


@dataclass(frozen=True)
class QuestionRow:
    """A question in the table. `attempts` is how many were asked it."""

    number: int
    question: Question
    figures: ItemStatistics
    attempts: int
    flags: Sequence[FlagWords]
    address: str
    edit: str

    @property
    def has_figures(self) -> bool:
        """Whether enough attempts were asked it."""
        return self.attempts >= FEWEST_ATTEMPTS


@dataclass(frozen=True)
class StatisticsPage:
    """A quiz, what its marks say of it, and of each question."""

    quiz: Entry
    stair: Stair | None
    chosen: Chosen
    versions: Sequence[Versions]
    found: ItemReport
    rows: Sequence[QuestionRow]
    flags: Sequence[FlagWords]
    histogram: Sequence[int]
    passed: int

    @property
    def attempts(self) -> int:
        """How many attempts count."""
        return self.found.report.attempts

    @property
    def is_enough(self) -> bool:
        """Whether they are enough for figures."""
        return self.attempts >= FEWEST_ATTEMPTS

    @property
    def flagged(self) -> list[QuestionRow]:
        """The questions to look at, the most serious first."""
        by_key = {row.question.key: row for row in self.rows}
        return [by_key[key] for key in self.found.flagged]

    @property
    def pass_mark(self) -> int:
        """In percent."""
        return int(self.quiz.card.pass_mark)


@dataclass(frozen=True)
class Looked:
    """What was read to make a page of statistics."""

    quiz: Entry
    forms: Forms
    versions: Sequence[Versions]
    every: Sequence[sittings.Sitting]
    found: ItemReport


def look(quiz_id: str, chosen: Chosen) -> Looked:
    """The marks of a quiz and all there is to say of them. Three statements, and one more for each revision that was
    taken and is not in memory. Raises NotFound."""
    quiz = catalogue.entry(quiz_id, "quiz")
    every = sittings.of_quiz(quiz_id)
    revisions = sittings.revisions_of(quiz_id)
    wanted = quiz.revision_id
    if chosen.revision is not None:
        numbered = [row.id for row in revisions if (row.number, row.language) == (chosen.revision, quiz.language)]
        if not numbered:
            raise NotFound(revision=chosen.revision)
        wanted = numbered[0]
    forms = Forms(wanted)
    recorded = recorded_marks.assemble(forms, every, lambda keys: sittings.answers_of(quiz_id, keys), chosen.which)
    return Looked(quiz, forms, versions_of(quiz, revisions, every), every, report_of(recorded))


def statistics_page(quiz_id: str, chosen: Chosen) -> StatisticsPage:
    """The page of a quiz's statistics. Raises NotFound."""
    looked = look(quiz_id, chosen)
    quiz, found = looked.quiz, looked.found
    percents = [int(100 * sitting.share) for sitting in found.recorded.attempts]
    return StatisticsPage(
        quiz=quiz,
        stair=stair_of(papers.of(quiz.revision_id)),
        chosen=chosen,
        versions=looked.versions,
        found=found,
        rows=rows_of(looked, chosen),
        flags=[told(flag) for flag in found.flags if flag.key is None],
        histogram=histogram(percents),
        passed=sum(percent >= quiz.card.pass_mark for percent in percents),
    )


def rows_of(looked: Looked, chosen: Chosen) -> list[QuestionRow]:
    """The questions in the order of the file, those of banks after them."""
    recorded = looked.found.recorded
    flagged = looked.found.flagged
    return [
        QuestionRow(
            number=number,
            question=recorded.questions[key],
            figures=figures,
            attempts=recorded.asked[key],
            flags=[told(flag) for flag in flagged.get(key, ())],
            address=address(looked.quiz.id, chosen, key),
            edit=editing_address(looked.quiz, key),
        )
        for number, (key, figures) in enumerate(looked.found.report.questions.items(), start=1)
    ]


def address(quiz_id: str, chosen: Chosen, key: str | None = None) -> str:
    """The address of the statistics of a quiz, or of one of its questions, with the same attempts looked at."""
    given: Mapping[str, object] = {
        **({"attempts": chosen.which} if chosen.which != FIRST else {}),
        **({"revision": chosen.revision} if chosen.revision is not None else {}),
    }
    query = "&".join(f"{name}={value}" for name, value in given.items())
    return f"/quizzes/{quiz_id}/statistics" + (f"/{key}" if key else "") + (f"?{query}" if query else "")


def histogram(percents: Sequence[int]) -> list[int]:
    """How many results lie in each tenth: 0 to 9 %, 10 to 19 %, … 90 to 100 %."""
    bars = [0] * 10
    for percent in percents:
        bars[max(0, min(9, percent // 10))] += 1
    return bars


def mean_share(looked: ItemReport) -> Fraction | None:
    """What the attempts earned on average of what they could; None below 10 attempts."""
    attempts = looked.recorded.attempts
    if len(attempts) < FEWEST_ATTEMPTS:
        return None
    return sum((sitting.share for sitting in attempts), Fraction(0)) / len(attempts)
