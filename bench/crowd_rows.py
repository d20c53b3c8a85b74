"""The crowd of bench/crowd.py as the database knows it: made beforehand, compared afterwards with what it was told."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import func, select

from app import create_app, schema
from app.accounts import sign_ins
from app.activity.models import Activity
from app.config import Settings
from app.core.database import db
from app.first_steps import compress_static_files
from app.library import sync
from app.library.files import Folders
from app.quizzes.attempting import attempt_rows
from app.quizzes.models import Answer, Attempt, AttemptResult, HintTaken, QuizResult
from bench import world

QUESTIONS, OPTIONS, HINT_COST = 3, 4, Fraction(1, 4)
QUIZ, CSRF = "quiz-foule", "the same in every session of the crowd"

STEP_FILE = """---
id: prospecter
title: Prospecter
short_title: Prospecter
order: 1
goal: Obtenir un rendez-vous.
exit_criteria: [Un rendez-vous est daté.]
---
À quoi sert l’étape.
"""
QUIZ_FILE = """id: quiz-foule
title: Quiz de la foule
step: prospecter
pass_mark: 50
shuffle: true
questions:
"""


@dataclass
class Member:
    """Somebody of the crowd, and what the server has acknowledged to them: the last reply to each question by its
    place, the names of all acts of answering, whether the attempt is handed in."""

    place: int
    person_id: UUID
    headers: Mapping[str, str]
    attempt: str = ""
    replies: dict[str, int] = field(default_factory=dict)
    names: list[UUID] = field(default_factory=list)
    is_done: bool = False

    @property
    def takes_hint(self) -> bool:
        """Whether it takes the hint to the first question."""
        return self.place % 3 == 0

    def option(self, question: int) -> int:
        """What it replies in the end; 0 is right."""
        return int(self.place // OPTIONS**question % OPTIONS)

    @property
    def mark(self) -> Fraction:
        """What it earns."""
        marks = [Fraction(self.option(question) == 0) for question in range(QUESTIONS)]
        marks[0] -= HINT_COST * marks[0] * self.takes_hint
        return sum(marks, Fraction(0))


def build(folder: Path, people: int) -> list[Member]:
    """An installation with the quiz and the crowd, all of them signed in."""
    questions = "".join(_question(number) for number in range(QUESTIONS))
    for path, text in (
        ("content/fr/01-prospecter/index.md", STEP_FILE),
        ("quizzes/fr/quiz-foule.yaml", QUIZ_FILE + questions),
    ):
        (folder / path).parent.mkdir(parents=True)
        (folder / path).write_text(text)
    with _application(folder) as app:
        schema.upgrade()
        report = sync.synchronise(Folders(folder / "content", folder / "quizzes"))
        if report.problems:
            raise RuntimeError(report.problems)
        compress_static_files(Path(app.static_folder or ""))
        members = [Member(place, world.person(place).id, {}) for place in range(people)]
        db.session.flush()
        token = URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token").dumps(CSRF)  # type: ignore[arg-type]
        sign = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        for member in members:
            session = {"sign_in": sign_ins.begin(member.person_id, "crowd"), "_permanent": True, "csrf_token": CSRF}
            member.headers = {"Cookie": f"palier={sign.dumps(session)}", "X-CSRFToken": token}
        db.session.commit()
    return members


def _question(number: int) -> str:
    hints = "    hints: [Un indice.]\n" if number == 0 else ""
    options = "".join(
        f"      - text: Réponse {place}\n        feedback: C’est dit.\n" + "        right: true\n" * (place == 0)
        for place in range(OPTIONS)
    )
    return (
        f"  - key: q{number}\n    type: single\n    title: Question {number}\n    text: Que répondez-vous ?\n"
        f"    read_again: step:prospecter\n{hints}    options:\n{options}"
    )


@contextmanager
def _application(folder: Path) -> Iterator[Flask]:
    app = create_app(Settings(data_dir=folder, content_dir=folder / "content", quizzes_dir=folder / "quizzes"))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def differences(folder: Path, members: list[Member]) -> list[str]:
    """Where the database holds anything else than what was acknowledged; nothing, when all is well."""
    with _application(folder):
        found = [*_of_all(members), *(each for member in members for each in _of(member))]
        named = set(db.session.execute(select(Activity.uuid).where(Activity.kind == "quiz.answered")).scalars())
        if named != {name for member in members for name in member.names}:
            found.append("the acts of answering are not those that were acknowledged")
    return found


def _of_all(members: list[Member]) -> Iterator[str]:
    people = len(members)
    counts: dict[str, tuple[Any, int]] = {
        "attempts": (select(func.count()).select_from(Attempt), people),
        "people with a result": (select(func.count()).select_from(QuizResult), people),
        "attempts counted": (select(func.sum(QuizResult.attempts)), people),
        "results": (select(func.count()).select_from(AttemptResult), people),
        "answers": (select(func.count()).select_from(Answer), people * QUESTIONS),
        "hints": (select(func.sum(HintTaken.hints)), sum(member.takes_hint for member in members)),
        "acts of answering": (_acts("quiz.answered"), people * (QUESTIONS + 1)),
        "acts of starting": (_acts("quiz.started"), people),
        "acts of handing in": (_acts("quiz.submitted"), people),
    }
    for what, (statement, expected) in counts.items():
        there = db.session.execute(statement).scalar_one()
        if there != expected:
            yield f"{there} {what} instead of {expected}"


def _acts(kind: str) -> Any:
    return select(func.count()).select_from(Activity).where(Activity.kind == kind)


def _of(member: Member) -> Iterator[str]:
    attempt = attempt_rows.find(UUID(member.attempt))
    if attempt is None or attempt.person_id != member.person_id or attempt.is_open or not member.is_done:
        yield f"the attempt of {member.place} is not theirs, or not handed in"
        return
    kept = {key: reply.options for key, reply in attempt_rows.kept_replies(attempt.id).items()}  # type: ignore[union-attr]
    if kept != {key: {option} for key, option in member.replies.items()}:
        yield f"{member.place} was told {member.replies} is saved, and {kept} is"
    if (attempt.mark, attempt.maximum) != (member.mark, Fraction(QUESTIONS)):
        yield f"{member.place} has {attempt.mark} instead of {member.mark}"
