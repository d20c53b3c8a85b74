"""What an attempt is worth: its replies, the hints taken and the scores given, graded under what it asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from app.quizzes import grading, papers
from app.quizzes.attempting import attempt_rows, closing_rows, help_rows
from app.quizzes.attempting.attempt_rows import AttemptRow
from app.quizzes.grading import Result
from app.quizzes.papers import Paper
from app.quizzes.regrading import carrying
from app.quizzes.replies import Reply


@dataclass(frozen=True)
class Marked:
    """An attempt with its result, and what that is made of, by key of question. `scores` are shares of the points."""

    paper: Paper
    replies: Mapping[str, Reply]
    hints: Mapping[str, int]
    scores: Mapping[str, Fraction]
    result: Result


def mark(attempt: AttemptRow) -> Marked:
    """Grade what is kept, with the scores given to what was written. One statement; one more where there are hints, and
    one more where sentences are asked for."""
    paper = papers.of_attempt(attempt)
    replies = attempt_rows.kept_replies(attempt.id)
    if attempt.regraded_by:
        replies = _carried(papers.as_asked(attempt), paper, replies)
    hints = help_rows.hints_taken(attempt.id) if any(each.hints for each in paper.questions) else {}
    scores = closing_rows.shares_given(attempt.id) if any(each.type == "free_text" for each in paper.questions) else {}
    facts = paper.facts
    result = grading.grade_all(
        paper.questions, replies, facts.pass_mark, hints=hints, hint_cost=facts.hint_cost, scores=scores
    )
    return Marked(paper, replies, hints, scores, result)


def _carried(first: Paper, now: Paper, replies: Mapping[str, Reply]) -> dict[str, Reply]:
    """The replies to the questions as they were asked, in the places of their corrected forms."""
    carried = {}
    for key, reply in replies.items():
        before, after = first.question(key), now.question(key)
        if before and after:
            carried[key] = carrying.carry(before, after, reply)
    return carried
