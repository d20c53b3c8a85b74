"""Owners are told of questions, askers of answers: on Today, and by mail, one an hour at most."""

from datetime import timedelta

import pytest
from flask import Flask

from app.accounts.actor import Actor, Role
from app.core import clock, outbox
from app.core.database import db
from app.library import desk
from app.library.remarks import inbox, moderation, questions
from tests.conftest import NOW
from tests.factories import actor_for, letters, make_person
from tests.library.remarks.conftest import OWNER, PLAY, SCRIPT, People, answer, ask, person
from tests.queries import counting

LATER = NOW + timedelta(hours=1, minutes=5)


def lines(actor: Actor) -> list[tuple[str, str]]:
    """What Today says about questions, in English, and where it leads."""
    return [(each.what, each.address) for each in inbox.waiting_for(actor)]


def test_the_owner_finds_questions_on_today_until_they_are_answered(people: People) -> None:
    question = ask(people.asker)
    assert [address for _what, address in lines(people.owner)] == [f"/questions/{PLAY}"]
    assert lines(people.reader) == []
    assert lines(people.asker) == []
    answer(people.owner, question)
    assert lines(people.owner) == []


def test_an_owner_written_with_a_name_or_in_capitals_is_found(people: People) -> None:
    from sqlalchemy import update

    from app.library.models import Edition

    ask(people.asker)
    for owner in (f"Paul Owner <{OWNER}>", OWNER.upper(), f" {OWNER} "):
        db.session.execute(update(Edition).where(Edition.document_id == PLAY).values(owner=owner))
        assert len(lines(people.owner)) == 1, owner
        assert lines(people.writer) == [], owner
    for owner in (f"x{OWNER}", "direction", None, OWNER.replace(".", "_"), f"<x{OWNER}>"):
        db.session.execute(update(Edition).where(Edition.document_id == PLAY).values(owner=owner))
        assert lines(people.owner) == [], owner
        assert [address for _what, address in lines(people.writer)] == ["/library/questions?whose=nobody"], owner


def test_a_question_on_a_document_whose_owner_left_is_told_to_writers(people: People) -> None:
    ask(people.asker)
    assert lines(people.writer) == []
    person(people.owner).deactivated_at = NOW
    db.session.commit()
    assert len(lines(people.writer)) == 1


def test_one_s_own_question_on_one_s_own_page_asks_nothing_of_oneself(people: People) -> None:
    ask(people.owner)
    assert lines(people.owner) == []
    with clock.frozen_at(LATER):
        outbox.sweep()
    assert letters() == []


def test_the_asker_finds_the_answer_on_today_until_they_looked(people: People, app: Flask) -> None:
    question = ask(people.asker)
    with clock.frozen_at(NOW + timedelta(minutes=1)):
        answer(people.owner, question)
        assert [address for _what, address in lines(people.asker)] == [
            f"/questions/{PLAY}?remark={question}#remark-{question}"
        ]
        answer(people.asker, question, "Merci")
        assert len(lines(people.asker)) == 1


def test_many_answers_are_one_line(people: People) -> None:
    asked = [ask(people.asker) for _ in range(5)]
    with clock.frozen_at(NOW + timedelta(minutes=1)):
        for question in asked:
            answer(people.owner, question)
    assert [address for _what, address in lines(people.asker)] == ["/questions"]


def test_today_costs_one_statement(people: People) -> None:
    for _ in range(5):
        ask(people.asker)
        ask(people.asker, document=SCRIPT)
    for actor in (people.asker, people.owner, people.writer):
        inbox.waiting_for(actor)
        with counting() as statements:
            inbox.waiting_for(actor)
        assert len(statements) == 1
    assert inbox.waiting_for in desk._providers


def test_the_questions_of_an_hour_are_one_mail_to_the_owner_in_their_language(people: People) -> None:
    for minutes in (0, 10, 59):
        with clock.frozen_at(NOW + timedelta(minutes=minutes)):
            ask(people.asker, "Un mot secret ?")
    with clock.frozen_at(NOW + timedelta(minutes=59)):
        outbox.sweep()
    assert letters() == []
    with clock.frozen_at(LATER):
        outbox.sweep()
        outbox.sweep()
    (mail,) = letters()
    assert mail["to"] == OWNER
    assert mail["subject"].startswith("3 questions")
    assert "/questions" in mail["text"]
    assert "secret" not in mail["text"]
    assert "Nadia" not in mail["text"]


def test_nothing_is_written_when_all_was_answered_within_the_hour(people: People) -> None:
    question = ask(people.asker)
    with clock.frozen_at(NOW + timedelta(minutes=1)):
        answer(people.owner, question)
    with clock.frozen_at(LATER):
        outbox.sweep()
    assert [mail["to"] for mail in letters()] == [people.asker.email]


def test_what_the_asker_adds_is_told_to_the_owner_again(people: People) -> None:
    question = ask(people.asker)
    with clock.frozen_at(NOW + timedelta(minutes=1)):
        answer(people.owner, question)
    with clock.frozen_at(NOW + timedelta(hours=3)):
        outbox.sweep()
        answer(people.asker, question, "Et le soir ?")
    with clock.frozen_at(NOW + timedelta(hours=5)):
        outbox.sweep()
    assert [mail["to"] for mail in letters()] == [people.asker.email, OWNER]


def test_the_asker_is_written_to_in_their_language_and_once(people: People) -> None:
    question = ask(people.asker)
    with clock.frozen_at(NOW + timedelta(minutes=1)):
        uuid = answer(people.owner, question, "Une réponse confidentielle")
        questions.answer(people.owner, PLAY, question, uuid, "Une réponse confidentielle")
    (mail,) = letters()
    assert mail["to"] == people.asker.email
    assert "réponse à votre question" in mail["subject"]
    assert "confidentielle" not in mail["text"]
    assert str(question) in mail["text"]


def test_an_author_is_told_that_their_words_were_hidden_and_by_whom(people: People) -> None:
    question = ask(people.asker)
    with clock.frozen_at(NOW + timedelta(minutes=1)):
        moderation.hide(people.writer, PLAY, question)
        moderation.hide(people.writer, PLAY, question)
    (mail,) = letters()
    assert mail["to"] == people.asker.email
    assert "Marie Auteure" in mail["text"]
    assert [address for _what, address in lines(people.asker)] == [
        f"/questions/{PLAY}?remark={question}#remark-{question}"
    ]


def test_nobody_is_written_to_once_their_account_is_closed(people: People) -> None:
    question = ask(people.asker)
    person(people.asker).deactivated_at = NOW
    person(people.owner).deactivated_at = NOW
    db.session.commit()
    answer(people.writer, question)
    with clock.frozen_at(LATER):
        outbox.sweep()
    assert letters() == []


@pytest.mark.parametrize("role", list(Role))
def test_somebody_without_anything_has_no_line(people: People, role: Role) -> None:
    assert lines(actor_for(make_person(role))) == []
