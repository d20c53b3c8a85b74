"""The installation under measurement: the shipped content filled up to 200 documents, people, and what they did."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from sqlalchemy import event

from app import create_app, schema
from app.accounts import sign_ins
from app.accounts.actor import Actor, Role
from app.accounts.models import Person
from app.config import PROJECT, Settings
from app.core import clock, ids
from app.core.database import db
from app.first_steps import compress_static_files
from app.library import acknowledgements, catalogue, sync
from app.library.files import Folders
from app.quizzes import attempts
from bench.generated import Writer

DOCUMENTS = 200
PEOPLE = 50
PLAY = "passer-le-standard"
QUIZ = "quiz-connaitre-l-offre"

PLAY_FILE = """---
id: {id}
title: {title}
order: {order}
summary: {summary}
---
## Savoir {{.know}}
{know}

## Dire {{.say}}
> « {say} »

## Montrer {{.show}}
{show}

## Faire {{.do}}
{do}
"""


@dataclass(frozen=True)
class World:
    """Where the load goes, and the headers of a signed-in rep."""

    headers: dict[str, str]
    play_path: str
    play_statements: int
    attempt_path: str
    choice_questions: list[str]


def build(folder: Path) -> World:
    """Make the installation in `folder` and sign a rep in."""
    _write_library(folder)
    settings = Settings(data_dir=folder, content_dir=folder / "content", quizzes_dir=folder / "quizzes")
    app = create_app(settings)
    with app.app_context():
        schema.upgrade()
        sync.synchronise(Folders(settings.content_dir, settings.quizzes_dir))
        compress_static_files(Path(app.static_folder or ""))
        people = [person(number) for number in range(PEOPLE)]
        db.session.commit()
        plays = catalogue.current().of_kind("play", "fr")
        for each in people:
            for play in plays[:20]:
                acknowledgements.acknowledge(each.id, play.id, play.revision_id)
        rep = people[0]
        secret = sign_ins.begin(rep.id, "bench")
        db.session.commit()
        attempt = attempts.start(Actor(rep.id, rep.name, rep.email, Role.REP, language="fr"), QUIZ)
        quiz = catalogue.current().body(catalogue.current().get(QUIZ, "fr", "quiz"))
        keys = [question.key for question in quiz.facts.questions if question.type == "single"]
    headers = {"Cookie": f"palier={cookie(app, secret)}", "Accept-Language": "fr"}
    headers["Cookie"] = after_first_page(app, headers)
    return World(
        headers=headers,
        play_path=f"/plays/{PLAY}",
        play_statements=statements(app, headers, f"/plays/{PLAY}"),
        attempt_path=f"/attempts/{attempt}",
        choice_questions=keys,
    )


def _write_library(folder: Path) -> None:
    """The shipped content, then generated plays in the first step until there are 200 documents."""
    for name in ("content", "quizzes"):
        shutil.copytree(PROJECT / name, folder / name)
    present = sum(1 for root in ("content", "quizzes") for path in (folder / root).rglob("*") if path.is_file())
    writer = Writer()
    first = sorted((folder / "content/fr").glob("01-*"))[0]
    for number in range(DOCUMENTS - present):
        parts = {name: writer.text(120) for name in ("know", "say", "show", "do")}
        text = PLAY_FILE.format(
            id=f"fiche-{number}", title=writer.text(5), order=number % 90 + 5, summary=writer.text(10), **parts
        )
        (first / f"fiche-{number}.md").write_text(text)


def person(number: int, role: Role = Role.REP) -> Person:
    """Somebody with an account."""
    made = Person(
        id=ids.new(),
        email=f"bench{number}@example.org",
        name=f"Personne {number}",
        role=role.value,
        created_at=clock.now(),
    )
    db.session.add(made)
    return made


def cookie(app: Flask, secret: str) -> str:
    """The signed cookie of a session that was begun."""
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return str(serializer.dumps({"sign_in": secret, "_permanent": True}))


def after_first_page(app: Flask, headers: dict[str, str]) -> str:
    """The cookie a browser holds once it has seen a page: with the session's CSRF secret in it."""
    answer = app.test_client(use_cookies=False).get("/steps", headers=headers)
    return answer.headers["Set-Cookie"].partition(";")[0]


def statements(app: Flask, headers: dict[str, str], path: str) -> int:
    """How many SQL statements a second visit to a page runs."""
    client = app.test_client(use_cookies=False)
    client.get(path, headers=headers)
    seen: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *given: seen.append(given[2]))
        answer = client.get(path, headers=headers)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status}")
    return len(seen)
