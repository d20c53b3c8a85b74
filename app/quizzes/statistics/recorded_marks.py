"""The marks of recorded attempts, for the statistics of a quiz: one attempt a person, all at the same quiz."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from app.library import catalogue
from app.quizzes.questions import Question
from app.quizzes.statistics import item_statistics, matrix, sittings
from app.quizzes.statistics.answer_counts import Counts
from app.quizzes.statistics.forms_asked import Forms
from app.quizzes.statistics.marks import Marks
from app.quizzes.statistics.option_counts import OptionCounts
from app.quizzes.statistics.sittings import AnswerRow, Sitting
from app.quizzes.statistics.thirds import thirds

FIRST, BEST = "first", "best"


@dataclass(frozen=True)
class Recorded:
    """The marks of a quiz, and what they stand on.

    `questions` are those that some attempt asked, in the form looked at; `asked` how many attempts asked each, `counts`
    the replies to those that are choices, `third` the third of each attempt. `left_out` is how many attempts asked
    something else.
    """

    marks: Marks
    questions: Mapping[str, Question]
    attempts: Sequence[Sitting]
    third: Sequence[int]
    counts: Mapping[str, Counts]
    left_out: int

    @property
    def guesses(self) -> dict[str, Fraction | None]:
        """The random guess scores of the questions."""
        return {key: item_statistics.random_guess_score(question) for key, question in self.questions.items()}

    @property
    def asked(self) -> dict[str, int]:
        """How many attempts were asked each question."""
        return {key: len(column) for key, column in self.marks.columns.items()}

    @property
    def is_drawn(self) -> bool:
        """Whether attempts were asked different questions."""
        return bool(self.marks.asked)


def of(quiz_id: str, *, which: str = FIRST, revision: int | None = None) -> Recorded | None:
    """The marks of a quiz as it is published, or as it was at a revision; None when there is no such revision.

    An attempt counts when it asked and paid the same, whatever the words around. Of each person, the first attempt
    counts that was handed in, or the best one. Three statements, and one more for each revision that was taken.
    Raises NotFound.
    """
    entry = catalogue.entry(quiz_id, "quiz")
    wanted = entry.revision_id
    if revision is not None:
        rows = sittings.revisions_of(quiz_id)
        numbered = [row.id for row in rows if row.number == revision and row.language == entry.language]
        if not numbered:
            return None
        wanted = numbered[0]
    return assemble(Forms(wanted), sittings.of_quiz(quiz_id), lambda keys: sittings.answers_of(quiz_id, keys), which)


def assemble(
    forms: Forms, every: Sequence[Sitting], answers: Callable[[Iterable[str]], Iterable[AnswerRow]], which: str = FIRST
) -> Recorded:
    """The marks of those attempts that were at this quiz; `answers` gives theirs, and others' that are passed over."""
    comparable = [sitting for sitting in every if forms.compares(sitting)]
    chosen = one_a_person(comparable, which)
    questions = _questions(forms, chosen)
    third = thirds([sitting.share for sitting in chosen])
    cells = matrix.Cells(forms, chosen, questions)
    options = OptionCounts(forms, chosen, questions, third)
    for attempt, key, mark, reply in answers(options.shares):
        row = cells.rows.get(attempt)
        if row is not None:
            cells.put(row, key, mark)
            if reply is not None:
                options.add(row, key, reply)
    marks = cells.marks()
    return Recorded(
        marks,
        questions,
        chosen,
        third,
        options.counts(marks.asked),
        len(every) - len(comparable),
    )


def one_a_person(every: Sequence[Sitting], which: str) -> list[Sitting]:
    """The first attempt of each person in the order given, or the first among their best."""
    chosen: dict[Any, Sitting] = {}
    for sitting in every:
        held = chosen.get(sitting.person)
        if held is None or (which == BEST and sitting.share > held.share):
            chosen[sitting.person] = sitting
    return list(chosen.values())


def _questions(forms: Forms, chosen: Sequence[Sitting]) -> dict[str, Question]:
    """The questions that may stand in a column: the quiz's own in the order of the file, then those of banks."""
    own = list(forms.own)
    if not forms.facts.sections:
        return dict(forms.own)
    found: dict[str, Question] = {}
    asked = {key for sitting in chosen for key in sitting.asked(own)}
    in_order = [*own, *(key for bank in forms.banks.values() for key in bank)]
    for key in [*in_order, *sorted(asked - set(in_order))]:
        question = forms.question(key, chosen) if key in asked else None
        if question is not None:
            found[key] = question
    return found
