"""Item statistics of 10,000 attempts at 40 questions: the sums against NumPy's, and the whole report of a database."""

import random
import sqlite3
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy
from sqlalchemy import insert

from app import create_app, schema
from app.config import Settings
from app.core import clock, ids
from app.core.database import db, table_of
from app.library import catalogue, sync
from app.library.files import Folders
from app.quizzes.models import Answer, Attempt
from app.quizzes.statistics import marks, quiz_statistics, recorded_marks
from app.quizzes.statistics.item_report import report_of
from app.quizzes.statistics.marks import Marks
from bench.figures import Figure, at_most, at_most_times, for_orientation, middle
from bench.generated import STEP
from bench.world import person

ATTEMPTS, QUESTIONS = 10_000, 40
MOST_SECONDS, MOST_TIMES = 2, 3
ROUNDS = 5
QUIZ = "quiz"

_QUESTION = "type: single\n    title: Titre\n    text: Texte\n    read_again: step:etape"

Matrix = list[list[Fraction]]


def item_statistics() -> Figure:
    """Every figure of every question and of the quiz, from the columns of marks, against the same sums in NumPy."""
    known = _marks(drawn_marks(random.Random(1)))
    columns = numpy.array(list(known.columns.values()), dtype=numpy.int64)
    ours, theirs = [], []
    for _ in range(ROUNDS + 1):
        ours.append(_seconds(lambda: quiz_statistics.report(replace(known))))
        theirs.append(_seconds(lambda: in_numpy(columns)))
    return at_most_times("item_statistics", middle(ours[1:]) * 1000, "ms", middle(theirs[1:]) * 1000, MOST_TIMES)


def item_statistics_10k() -> Figure:
    """The same from the rows of marks, which are made exact first."""
    rows = drawn_marks(random.Random(1))
    seconds = [_seconds(lambda: quiz_statistics.report(_marks(rows))) for _ in range(3)]
    return at_most("item_statistics_10k", middle(seconds), "s", MOST_SECONDS)


def item_report_10k() -> Figure:
    """What the page of statistics asks: marks, options by thirds and flags, from the database; beside it, the bare
    reading of the same rows."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write_quiz(folder)
        app = create_app(Settings(data_dir=folder, content_dir=folder / "content", quizzes_dir=folder / "quizzes"))
        with app.app_context():
            schema.upgrade()
            sync.synchronise(Folders(folder / "content", folder / "quizzes"))
            _record()
            seconds = [_seconds(_report) for _ in range(3)]
            bare = sqlite3.connect(folder / "palier.db")
            reading = [
                _seconds(lambda: bare.execute("SELECT attempt_id, question_key, mark, reply FROM answer").fetchall())
            ]
            return for_orientation("item_report_10k", middle(seconds), "s", middle(reading))


def in_numpy(columns: Any) -> list[Any]:
    """The same definitions as somebody who knows NumPy would write them: whole matrices, no loop over attempts."""
    size = columns.shape[1]
    totals = columns.sum(axis=0)
    rests = totals - columns
    means, rest_means = columns.mean(axis=1), rests.mean(axis=1)
    apart, rest_apart, total_apart = columns - means[:, None], rests - rest_means[:, None], totals - totals.mean()
    greatest = (numpy.sort(columns, axis=1) * numpy.sort(rests, axis=1)).sum(axis=1) / size - means * rest_means
    return [
        *(means, (apart**2).sum(axis=1), (rest_apart**2).sum(axis=1), apart @ total_apart),
        *((apart * rest_apart).sum(axis=1), greatest, numpy.median(totals)),
        *((total_apart**power).mean() for power in (2, 3, 4)),
    ]


def drawn_marks(chance: random.Random) -> Matrix:
    """Of people who know more or less, at questions that are easy or hard; a tenth of the marks are a third."""
    hard = [chance.gauss(0, 1) for _ in range(QUESTIONS)]
    rows = []
    for _ in range(ATTEMPTS):
        able = chance.gauss(0, 1)
        rows.append([_mark(chance, able - each) for each in hard])
    return rows


_NOTHING, _THIRD, _ALL = Fraction(0), Fraction(1, 3), Fraction(1)


def _mark(chance: random.Random, edge: float) -> Fraction:
    if chance.random() < 0.1:
        return _THIRD
    return _ALL if chance.gauss(0, 1.7) < edge else _NOTHING


def _marks(rows: Matrix) -> Marks:
    return marks.marks_of({f"q{number}": Fraction(1) for number in range(QUESTIONS)}, rows)


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _report() -> None:
    recorded = recorded_marks.of(QUIZ)
    if recorded is None or recorded.marks.attempts != ATTEMPTS:
        raise SystemExit("the recorded attempts are not all in the report")
    report_of(recorded)


def _write_quiz(folder: Path) -> None:
    (folder / "content/fr/01-etape").mkdir(parents=True)
    (folder / "content/fr/01-etape/index.md").write_text(STEP)
    (folder / "quizzes/fr").mkdir(parents=True)
    options = "".join(
        f"      - {{text: Option {place}, feedback: F{', right: true' if not place else ''}}}\n" for place in range(4)
    )
    questions = "".join(f"  - key: q{number}\n    {_QUESTION}\n    options:\n{options}" for number in range(QUESTIONS))
    head = f"id: {QUIZ}\ntitle: Quiz\nstep: etape\npass_mark: 80\nquestions:\n"
    (folder / "quizzes/fr/quiz.yaml").write_text(head + questions)


def _record() -> None:
    """10,000 attempts of as many people, handed in."""
    chance = random.Random(1)
    entry = catalogue.current().get(QUIZ, "fr", "quiz")
    attempts: list[dict[str, Any]] = []
    answers: list[dict[str, Any]] = []
    at = clock.now()
    for number, row in enumerate(drawn_marks(chance)):
        somebody, attempt = person(number), ids.new()
        earned = sum(row, _NOTHING)
        attempts.append(
            {
                **{"id": attempt, "person_id": somebody.id, "document_id": QUIZ, "revision_id": entry.revision_id},
                **{"started_at": at, "submitted_at": at, "mark": str(earned), "maximum": str(QUESTIONS)},
                "passed": False,
            }
        )
        answers += [
            {
                **{"attempt_id": attempt, "question_key": f"q{place}", "saved_at": at, "mark": str(mark)},
                "reply": {"options": [0 if mark == _ALL else chance.randint(1, 3)]},
            }
            for place, mark in enumerate(row)
        ]
    db.session.flush()
    db.session.execute(insert(table_of(Attempt)), attempts)
    for start in range(0, len(answers), 20_000):
        db.session.execute(insert(table_of(Answer)), answers[start : start + 20_000])
    db.session.commit()
