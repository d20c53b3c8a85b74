"""`flask library …` and `flask progress rebuild`: exit statuses, and one JSON document on standard output."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select, text

from app.core.database import db
from app.library import acknowledgements, catalogue
from app.library.models import Revision
from tests.factories import make_person
from tests.library_factories import folders_of, sync_library, write_play, write_small_library, write_step, write_text

PLAY = "content/fr/01-prendre-contact/passer-le-standard.md"


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=list(words))


def document(result: Result) -> Any:
    """The one JSON document that standard output is."""
    assert result.stdout.count("\n") == 1
    return json.loads(result.stdout)


@pytest.fixture
def root(library_files: Path) -> Path:
    write_small_library(library_files)
    return library_files


def change_in_database(app: Flask, root: Path) -> None:
    from tests.library.test_sync import publish_in_database

    publish_in_database(PLAY, (root / PLAY).read_bytes() + b"\nNavigateur.\n")


def test_sync_that_did_its_work_ends_with_0(app: Flask, root: Path) -> None:
    result = run(app, "library", "sync")
    assert result.exit_code == 0
    assert result.stdout == ("7 published, 0 withdrawn, 0 written to files, 0 unchanged, 0 problems, 0 conflicts.\n")


def test_sync_with_a_problem_ends_with_1_and_says_where(app: Flask, root: Path) -> None:
    write_play(root, "01-prendre-contact", ordre=1)
    result = run(app, "library", "sync")
    assert result.exit_code == 1
    assert f"{PLAY}:6: the unknown key “ordre”, expected one of the keys in docs/authoring.md\n" in result.stderr


def test_sync_with_a_conflict_ends_with_3(app: Flask, root: Path) -> None:
    sync_library(app)
    change_in_database(app, root)
    (root / PLAY).write_bytes((root / PLAY).read_bytes() + b"\nFichier.\n")
    result = run(app, "library", "sync")
    assert result.exit_code == 3
    assert f"{PLAY}:1: changed in the file and in the database" in result.stderr


def test_sync_says_how_much_its_changes_matter_and_why(app: Flask, root: Path) -> None:
    run(app, "library", "sync")
    write_play(root, "01-prendre-contact", title="Passer l’accueil")
    assert run(app, "library", "sync", "--minor", "--note", "  Mot   plus juste ").exit_code == 0
    newest = db.session.scalars(select(Revision).where(Revision.title == "Passer l’accueil")).one()
    assert (newest.materiality, newest.note, newest.published_by) == ("minor", "Mot plus juste", None)
    refused = run(app, "library", "sync", "--note", "x" * 501)
    assert (refused.exit_code, refused.stderr.count("\n")) == (2, 1)


def test_sync_of_a_missing_folder_is_one_clear_line(app: Flask, root: Path) -> None:
    (root / "quizzes").rename(root / "elsewhere")
    for words in (("sync",), ("sync", "--json"), ("check",), ("check", "--json")):
        result = run(app, "library", *words)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr.strip().split("\n")[-1] == f"The folder {root / 'quizzes'} is missing."


def test_sync_says_what_it_did_as_json(app: Flask, root: Path) -> None:
    write_play(root, "01-prendre-contact", id="ecouter", ordre=1)
    result = run(app, "library", "sync", "--json")
    said = document(result)
    assert result.exit_code == 1
    assert (len(said["published"]), said["withdrawn"], said["unchanged"]) == (7, [], 0)
    assert said["problems"] == [
        {
            "path": "content/fr/01-prendre-contact/ecouter.md",
            "line": 6,
            "what": "the unknown key “ordre”",
            "expected": "one of the keys in docs/authoring.md",
        }
    ]


def test_check_needs_no_database_and_ends_with_1_when_something_is_wrong(
    app: Flask, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object) -> None:
        raise AssertionError("the database was asked")

    monkeypatch.setattr(db.session, "execute", none)
    assert run(app, "library", "check").exit_code == 0
    write_text(root, PLAY, b"\xff")
    result = run(app, "library", "check")
    assert result.exit_code == 1
    assert f"{PLAY}:1: bytes that are not UTF-8, expected a file saved as UTF-8\n" in result.stdout
    said = document(run(app, "library", "check", "--json"))
    assert (said["documents"], said["problems"][0]["path"]) == (6, PLAY)


def test_export_writes_the_same_bytes_and_ends_with_0(app: Flask, root: Path, tmp_path: Path) -> None:
    sync_library(app)
    target = tmp_path / "out"
    result = run(app, "library", "export", "--to", str(target), "--json")
    assert result.exit_code == 0
    assert len(document(result)["written"]) == 7
    assert (target / PLAY).read_bytes() == (root / PLAY).read_bytes()
    assert document(run(app, "library", "export", "--to", str(target), "--json"))["unchanged"] == 7


def test_export_over_a_changed_file_ends_with_3_and_leaves_it(app: Flask, root: Path) -> None:
    sync_library(app)
    (root / PLAY).write_bytes(b"mine")
    result = run(app, "library", "export", "--json")
    assert (result.exit_code, document(result)["conflicts"]) == (3, [PLAY])
    assert (root / PLAY).read_bytes() == b"mine"


def test_export_to_a_place_that_cannot_be_written_is_one_clear_line(app: Flask, root: Path) -> None:
    sync_library(app)
    result = run(app, "library", "export", "--to", "/dev/null/out")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Traceback" not in result.stderr
    assert "/dev/null/out" in result.stderr.strip().split("\n")[-1]


def test_search_says_what_it_found(app: Flask, root: Path) -> None:
    sync_library(app)
    assert run(app, "library", "search", "cher").stdout.split("\n")[0].startswith("script:trop-cher\tC’est trop cher\t")
    said = document(run(app, "library", "search", "cher", "--json"))
    assert said["results"][0]["id"] == "trop-cher"
    assert document(run(app, "library", "search", "cher", "--kind", "play", "--json"))["results"] == []
    assert run(app, "library", "search", "licorne").exit_code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("library", "search"),
        ("library", "search", "cher", "--kind", "poem"),
        ("library", "search", "cher", "--language", "de"),
        ("library", "sync", "--force"),
        ("library", "unheard-of"),
        ("progress", "rebuild", "now"),
    ],
)
def test_a_wrong_use_ends_with_2(app: Flask, root: Path, words: tuple[str, ...]) -> None:
    result = run(app, *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Traceback" not in result.stderr


def test_a_rebuild_says_how_many_acts_it_replayed(app: Flask, root: Path) -> None:
    sync_library(app)
    person = make_person()
    acknowledgements.acknowledge(
        person.id, "passer-le-standard", catalogue.entry("passer-le-standard", "play").revision_id
    )
    db.session.execute(text("DELETE FROM acknowledgement"))
    db.session.commit()
    result = run(app, "progress", "rebuild", "--json")
    assert (result.exit_code, document(result)) == (0, {"replayed": 1})
    assert acknowledgements.acknowledged(person.id)
    assert run(app, "progress", "rebuild").stdout == "1 acts replayed.\n"


def test_a_database_without_tables_is_one_clear_line(app: Flask, root: Path) -> None:
    db.session.execute(text("DROP TABLE rendering"))
    db.session.execute(text("ALTER TABLE edition RENAME TO elsewhere"))
    db.session.commit()
    for words in (("library", "sync"), ("library", "export"), ("library", "search", "cher")):
        result = run(app, *words)
        assert (result.exit_code, result.stdout) == (1, "")
        assert "Traceback" not in result.stderr


def test_folders_come_from_the_settings(app: Flask, root: Path) -> None:
    assert folders_of(app).content == root / "content"
    write_step(root, "autre", order=2)
    assert "content/fr/02-autre/index.md" in document(run(app, "library", "sync", "--json"))["published"]
