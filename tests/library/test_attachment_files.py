"""Attachments as files: sync brings them in, nothing of a name ever changes, export writes them."""

import os
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core.database import db
from app.core.errors import Conflict
from app.library import export, inspection
from app.library.attachments import keeping
from app.library.attachments.models import Attachment, Blob
from app.library.kinds import all_kinds
from app.library.models import Rendering
from app.library.sync import Report
from tests.attachment_factories import PDF, SECRET, picture, telling_picture
from tests.factories import make_person
from tests.library_factories import (
    PLAY_BODY,
    folders_of,
    questions,
    sync_library,
    write_play,
    write_quiz,
    write_small_library,
    write_text,
)
from tests.queries import counting

SHOWN = PLAY_BODY.replace("Le relevé de consommation.", "![Le plan](attachment:plan.png)")


@pytest.fixture
def root(app: Flask, library_files: Path) -> Path:
    write_small_library(library_files)
    return library_files


def sync(app: Flask) -> Report:
    return sync_library(app)


def place(root: Path, name: str, content: bytes) -> Path:
    return write_text(root, f"content/attachments/{name}", content)


def show_plan(root: Path) -> Path:
    return write_play(root, "01-prendre-contact", body=SHOWN)


def said(report: Report) -> list[str]:
    return [str(problem) for problem in report.problems]


def test_a_picture_comes_in_with_the_text_that_shows_it(app: Flask, root: Path) -> None:
    place(root, "plan.png", telling_picture("PNG"))
    show_plan(root)
    report = sync(app)
    assert said(report) == []
    assert report.attached == report.cleaned == ["content/attachments/plan.png"]
    assert report.exit_status == 0
    held = keeping.listed()[0]
    assert [use.document_id for use in held.uses] == ["passer-le-standard"]
    html = "".join(
        block["html"] for blocks in db.session.execute(select(Rendering.blocks)).scalars() for block in blocks
    )
    address = f'src="{held.held.address}" alt="Le plan" width="20" height="40" loading="lazy"'
    assert address in html
    assert SECRET not in keeping.content_of(held.held.digest)


def test_the_second_sync_has_nothing_to_do(app: Flask, root: Path) -> None:
    file = place(root, "plan.jpg", telling_picture("JPEG"))
    before = file.read_bytes()
    sync(app)
    again = sync(app)
    assert (again.attached, again.written, again.cleaned, again.problems) == ([], [], [], [])
    assert file.read_bytes() == before


def test_a_file_whose_bytes_changed_is_a_problem_and_the_old_ones_stay(app: Flask, root: Path) -> None:
    place(root, "plan.png", picture(colour="red"))
    sync(app)
    digest = db.session.execute(select(Attachment.digest)).scalar_one()
    place(root, "plan.png", picture(colour="blue"))
    assert said(sync(app)) == [
        "content/attachments/plan.png:1: other bytes than those of this name, "
        "expected another name: an attachment never changes"
    ]
    assert db.session.execute(select(Attachment.digest)).scalar_one() == digest
    place(root, "plan.png", keeping.content_of(digest))
    assert said(sync(app)) == []


def test_the_same_bytes_under_two_names_are_kept_once(app: Flask, root: Path) -> None:
    place(root, "plan.png", picture())
    place(root, "autre.png", picture())
    sync(app)
    assert db.session.execute(select(func.count()).select_from(Blob)).scalar_one() == 1
    assert db.session.execute(select(func.count()).select_from(Attachment)).scalar_one() == 2


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("plan.svg", b"<svg/>", "the name “plan.svg”, expected “plan.png"),
        ("Plan Été.PNG", picture(), "the name “Plan Été.PNG”, expected “plan-ete.png”"),
        ("plan.png", b"<svg onload=alert(1)>", "an SVG, which can hold programs"),
        ("plan.png", picture("JPEG"), "a name that says something else than the content, expected a name in .jpg"),
        ("plan.png", b"", "an empty file"),
        ("plan.png", picture()[:-9], "a picture that cannot be read to its end"),
        ("tarifs.pdf", b"%PDF-1.7", "a PDF without its beginning or its end"),
        ("plan.png", b"\x89PNG\r\n\x1a\n" + b"\0" * (5 * 1024 * 1024), "5120 kB, expected at most 5120 kB"),
        ("dossier/plan.png", picture(), "a folder among the attachments"),
        ("plan.md", b"x", "the name “plan.md”"),
    ],
)
def test_what_is_no_attachment_is_a_problem_in_sync_and_check(
    app: Flask, root: Path, name: str, content: bytes, what: str
) -> None:
    place(root, name, content)
    assert what in "".join(said(sync(app)))
    checked = inspection.inspect(folders_of(app), all_kinds())
    assert what in "".join(str(problem) for problem in checked.problems)
    assert db.session.execute(select(func.count()).select_from(Attachment)).scalar_one() == 0


@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_a_link_or_a_pipe_is_not_followed(app: Flask, root: Path, kind: str) -> None:
    file = root / "content/attachments/plan.png"
    file.parent.mkdir()
    if kind == "link":
        file.symlink_to(write_text(root, "secret", picture()))
    else:
        os.mkfifo(file)
    assert "a folder, link or device" in said(sync(app))[0]


def test_a_text_that_shows_what_is_not_there_is_refused_at_its_line(app: Flask, root: Path) -> None:
    file = show_plan(root)
    line = file.read_text().split("\n").index("![Le plan](attachment:plan.png)") + 1
    path = "content/fr/01-prendre-contact/passer-le-standard.md"
    expected = (
        f"{path}:{line}: the attachment “plan.png”, which does not exist, "
        "expected the name of an attachment, such as plan.png"
    )
    assert said(sync(app)) == [expected]
    assert [str(problem) for problem in inspection.inspect(folders_of(app), all_kinds()).problems] == [expected]
    place(root, "plan.png", picture())
    assert said(sync(app)) == []
    assert inspection.inspect(folders_of(app), all_kinds()).problems == []


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("![](attachment:plan.png)", "a picture without words"),
        ("![x](attachment:tarifs.pdf)", "a PDF as a picture"),
        ("![x](https://example.org/x.png)", "a picture from elsewhere"),
        ('<img src="attachment:plan.png">', "a picture without words"),
        ("[x](attachment:rien.pdf)", "the attachment “rien.pdf”, which does not exist"),
        ("[x](attachment:)", "the attachment “”, which does not exist"),
    ],
)
def test_what_is_wrong_with_a_picture_is_told(app: Flask, root: Path, written: str, what: str) -> None:
    place(root, "plan.png", picture())
    place(root, "tarifs.pdf", PDF)
    write_play(root, "01-prendre-contact", body=SHOWN.replace("![Le plan](attachment:plan.png)", written))
    report = sync(app)
    assert [problem.what for problem in report.problems] == [what]
    assert report.problems[0].line > 10


def test_a_question_shows_a_picture(app: Flask, root: Path) -> None:
    place(root, "plan.png", picture())
    asked = questions()
    asked[0]["text"] = "Que montre ![un plan](attachment:plan.png) ?"
    write_quiz(root, questions=asked)
    assert said(sync(app)) == []
    assert [use.document_id for use in keeping.listed()[0].uses] == ["quiz-prix"]
    asked[0]["text"] = "Que montre ![un plan](attachment:rien.png) ?"
    write_quiz(root, questions=asked)
    assert [problem.what for problem in sync(app).problems] == ["the attachment “rien.png”, which does not exist"]


def test_a_file_that_is_gone_while_a_text_shows_it_is_a_problem(app: Flask, root: Path) -> None:
    file = place(root, "plan.png", picture())
    text = show_plan(root)
    sync(app)
    file.unlink()
    assert "no file any more, while “passer-le-standard” (fr) shows it" in said(sync(app))[0]
    assert keeping.listed()[0].held.name == "plan.png"
    assert export.export(folders_of(app)).written == ["content/attachments/plan.png"]
    assert said(sync(app)) == []
    file.unlink()
    write_play(root, text.parent)
    report = sync(app)
    assert (said(report), report.withdrawn) == ([], ["content/attachments/plan.png"])
    assert keeping.listed() == []
    # A revision shows it: its bytes stay for that history, and the name stays its own.
    assert db.session.execute(select(Attachment.name)).scalars().all() == ["plan.png"]
    place(root, "plan.png", picture(colour="blue"))
    assert "other bytes" in said(sync(app))[0]


def test_one_that_no_text_ever_showed_goes_with_its_file(app: Flask, root: Path) -> None:
    file = place(root, "plan.png", picture())
    sync(app)
    file.unlink()
    assert sync(app).withdrawn == ["content/attachments/plan.png"]
    assert db.session.execute(select(func.count()).select_from(Attachment)).scalar_one() == 0
    assert db.session.execute(select(func.count()).select_from(Blob)).scalar_one() == 0


def test_what_was_added_in_the_browser_is_written_by_the_next_sync(app: Flask, root: Path) -> None:
    sync(app)
    held = keeping.add(make_person().id, "Plan.png", telling_picture("PNG"))
    report = sync(app)
    assert report.written == ["content/attachments/plan.png"]
    assert (root / "content/attachments/plan.png").read_bytes() == keeping.content_of(held.digest)
    assert sync(app).written == []


def test_the_original_beside_a_clean_copy_is_the_same(app: Flask, root: Path) -> None:
    sync(app)
    keeping.add(make_person().id, "plan.jpg", telling_picture("JPEG"))
    place(root, "plan.jpg", telling_picture("JPEG"))
    report = sync(app)
    assert (said(report), report.attached, report.written) == ([], [], [])
    assert sync(app).problems == []


def test_what_was_taken_away_in_the_browser_loses_its_file(app: Flask, root: Path) -> None:
    file = place(root, "plan.png", picture())
    sync(app)
    keeping.retire("plan.png")
    assert sync(app).removed == ["content/attachments/plan.png"]
    assert not file.exists()
    assert sync(app).removed == []
    assert db.session.execute(select(func.count()).select_from(Blob)).scalar_one() == 0


def test_what_a_text_shows_cannot_be_taken_away(app: Flask, root: Path) -> None:
    place(root, "plan.png", picture())
    show_plan(root)
    sync(app)
    with pytest.raises(Conflict):
        keeping.retire("plan.png")


def test_export_writes_attachments_to_another_folder(app: Flask, root: Path, tmp_path: Path) -> None:
    from app.library.files import Folders

    place(root, "plan.png", telling_picture("PNG"))
    sync(app)
    elsewhere = Folders(tmp_path / "there/content", tmp_path / "there/quizzes")
    assert "content/attachments/plan.png" in export.export(elsewhere, remember=False).written
    assert SECRET not in (tmp_path / "there/content/attachments/plan.png").read_bytes()
    assert export.export(elsewhere, remember=False).written == []
    (tmp_path / "there/content/attachments/plan.png").write_bytes(b"mine")
    assert export.export(elsewhere, remember=False).conflicts == ["content/attachments/plan.png"]


def test_the_progress_bar_counts_attachments(app: Flask, root: Path) -> None:
    place(root, "plan.png", picture())
    sync(app)
    counted: list[str] = []

    def bar(items: object) -> list[str]:
        counted.extend(items)  # type: ignore[arg-type]
        return list(counted)

    from app.library import sync as synchronising

    synchronising.synchronise(folders_of(app), bar)  # type: ignore[arg-type]
    assert "content/attachments/plan.png" in counted


def test_an_unchanged_library_takes_as_many_statements_with_many_attachments(app: Flask, root: Path) -> None:
    place(root, "a-1.png", picture())
    sync(app)
    with counting() as few:
        sync(app)
    for number in range(2, 12):
        place(root, f"a-{number}.png", picture(size=(number, 3)))
    sync(app)
    with counting() as many:
        sync(app)
    assert len(many) == len(few)
