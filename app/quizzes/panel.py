"""What this room puts on the playbook's pages: a step's quizzes and how one stands, the way there from a play."""

from dataclasses import dataclass

from flask import render_template
from markupsafe import Markup

from app.accounts import guard
from app.library import catalogue, memory
from app.library.catalogue import Entry
from app.quizzes import summary
from app.quizzes.quiz_page import State, state_of
from app.quizzes.summary import OpenAttempt, QuizStanding


@dataclass(frozen=True)
class QuizRow:
    """A quiz of the step."""

    quiz: Entry
    state: State
    standing: QuizStanding | None
    current: OpenAttempt | None


def quizzes_of_step(step: Entry) -> Markup | None:
    """Two statements, however many quizzes."""
    quizzes = _of_step(step)
    if not quizzes:
        return None
    person_id = guard.actor().id
    standings = summary.results_of_reader(person_id)
    unfinished = summary.unfinished_of(person_id)
    current = {attempt.quiz_id: attempt for attempt in unfinished if not attempt.is_waiting}
    waiting = {attempt.quiz_id for attempt in unfinished if attempt.is_waiting}
    rows = [
        QuizRow(
            quiz,
            state_of(standings.get(quiz.id), is_open=quiz.id in current, is_waiting=quiz.id in waiting),
            standings.get(quiz.id),
            current.get(quiz.id),
        )
        for quiz in quizzes
    ]
    return Markup(render_template("quizzes/panel.html", rows=rows))  # noqa: S704 - rendered with escaping


def quizzes_after_play(play: Entry, step: Entry | None) -> Markup:
    """Links to the quizzes of the play's step. No statement: the reader's results stand on the step's page."""
    return memory.kept(("quizzes after a play", step.id), lambda: _links(step)) if step else Markup()


def _links(step: Entry) -> Markup:
    return Markup(render_template("quizzes/after_play.html", quizzes=_of_step(step)))  # noqa: S704 - rendered with escaping


def _of_step(step: Entry) -> list[Entry]:
    return [quiz for quiz in catalogue.entries("quiz") if quiz.card.step == step.id]
