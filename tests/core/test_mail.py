"""Mail: put with the act that causes it, sent once that is on disk, the same when it has to be sent again."""

import email
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.message import EmailMessage
from email.policy import default

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.core import clock, mail, outbox
from app.core.database import db
from app.core.outbox import OutboxMessage
from tests.core.smtp_server import Letterbox, smtp_server

SUBJECT = "Votre accès à Palier"
TEXT = "Bonjour Élise,\n\nhttp://127.0.0.1:8000/links/" + "x" * 60 + "\n.\nÀ bientôt\n"


@contextmanager
def delivering_to(app: Flask, url: str) -> Iterator[None]:
    before = app.config["SETTINGS"]
    app.config["SETTINGS"] = before.model_copy(update={"mail_url": url, "mail_from": "Équipe <palier@example.org>"})
    yield
    app.config["SETTINGS"] = before


def put() -> None:
    mail.send("elise@example.org", SUBJECT, TEXT)
    db.session.commit()


def parsed(box: Letterbox) -> list[EmailMessage]:
    return [email.message_from_bytes(raw, policy=default) for raw in box.received]  # type: ignore[misc]


def last_error() -> str | None:
    return db.session.execute(select(OutboxMessage.last_error)).scalar_one()


def test_a_mail_arrives_with_its_accents(app: Flask) -> None:
    with smtp_server() as box, delivering_to(app, f"smtp://127.0.0.1:{box.port}"):
        put()
        assert outbox.sweep() == 1
    (message,) = parsed(box)
    assert message["Subject"] == SUBJECT
    assert message["To"] == "elise@example.org"
    assert message["From"].addresses[0].addr_spec == "palier@example.org"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "text/plain"
    assert message.get_content_charset() == "utf-8"
    assert message.get_content().replace("\r\n", "\n") == TEXT
    assert all(byte < 128 for byte in box.received[0]), "any server can carry it"


def test_nothing_leaves_when_the_act_is_undone(app: Flask) -> None:
    with smtp_server() as box, delivering_to(app, f"smtp://127.0.0.1:{box.port}"):
        mail.send("elise@example.org", SUBJECT, TEXT)
        db.session.rollback()
        assert outbox.sweep() == 0
    assert box.received == []


def test_a_refused_mail_is_tried_again_later(app: Flask) -> None:
    with smtp_server(failures=1) as box, delivering_to(app, f"smtp://127.0.0.1:{box.port}"):
        put()
        outbox.sweep()
        assert box.received == []
        assert "451" in str(last_error())
        assert outbox.sweep() == 0, "not at once"
        with clock.frozen_at(clock.now() + timedelta(minutes=1)):
            assert outbox.sweep() == 1
    assert len(box.received) == 1


def test_a_repeat_is_the_same_mail(app: Flask) -> None:
    with smtp_server() as box, delivering_to(app, f"smtp://127.0.0.1:{box.port}"):
        put()
        outbox.sweep()
        db.session.execute(update(OutboxMessage).values(done_at=None))
        db.session.commit()
        with clock.frozen_at(clock.now() + timedelta(hours=1)):
            outbox.sweep()
    first, second = parsed(box)
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Message-ID"].endswith("@example.org>")
    assert box.received[0] == box.received[1]


def test_a_server_that_asks_for_a_password_gets_it(app: Flask) -> None:
    with (
        smtp_server(wanted=("pal@ier", "s:cr/t")) as box,
        delivering_to(app, f"smtp://pal%40ier:s%3Acr%2Ft@127.0.0.1:{box.port}"),
    ):
        put()
        outbox.sweep()
    assert len(box.received) == 1


def test_a_password_never_goes_in_the_clear_when_encryption_was_asked_for(app: Flask) -> None:
    with (
        smtp_server(wanted=("palier", "secret")) as box,
        delivering_to(app, f"smtp+starttls://palier:secret@127.0.0.1:{box.port}"),
    ):
        put()
        outbox.sweep()
    assert (box.signed_in, box.received) == (False, [])
    assert "STARTTLS" in str(last_error())


def test_a_server_without_encryption_gets_nothing_over_smtps(app: Flask) -> None:
    with smtp_server() as box, delivering_to(app, f"smtps://127.0.0.1:{box.port}"):
        put()
        outbox.sweep()
    assert box.received == []
    assert last_error()


def test_without_a_server_the_whole_mail_is_printed(app: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    with delivering_to(app, "console:"):
        put()
        outbox.sweep()
    printed = capsys.readouterr().out
    assert f"Subject: {SUBJECT}" in printed
    assert "To: elise@example.org" in printed
    assert "/links/" + "x" * 60 in printed, "the link can be copied whole"
    assert "À bientôt" in printed


def test_a_title_of_two_lines_makes_one_subject(app: Flask) -> None:
    with smtp_server() as box, delivering_to(app, f"smtp://127.0.0.1:{box.port}"):
        mail.send("elise@example.org", "Votre question : Trop cher\nBcc: mallory@example.org", TEXT)
        db.session.commit()
        outbox.sweep()
    (message,) = parsed(box)
    assert message["Subject"] == "Votre question : Trop cher Bcc: mallory@example.org"
    assert message["Bcc"] is None
