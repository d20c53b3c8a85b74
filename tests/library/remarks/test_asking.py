"""Asking, answering, taking back: who may, once, and until when."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.actor import Actor
from app.activity.models import Activity
from app.core import clock, ids
from app.core.database import db
from app.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from app.library import catalogue, remarks
from app.library.remarks import moderation, questions
from app.library.remarks.models import Remark
from app.library.remarks.questions import Asked
from tests.conftest import NOW
from tests.library.remarks.conftest import PLAY, SCRIPT, People, answer, ask, row
from tests.library_factories import PLAY_BODY, publish_file, write_play


def asked(text: str = "Pourquoi ?", anchor: str = "", revision_id: int | None = None) -> Asked:
    entry = catalogue.current().find(PLAY, "fr")
    assert entry
    return Asked(ids.new(), revision_id or entry.revision_id, anchor, text)


def number_of_remarks() -> int:
    return db.session.execute(select(func.count()).select_from(Remark)).scalar_one()


def test_a_question_is_bound_to_the_revision_and_the_heading_that_were_read(people: People) -> None:
    found = row(ask(people.asker, anchor="say"))
    assert found
    entry = catalogue.current().find(PLAY, "fr")
    assert (found.anchor, found.heading, found.language) == ("say", "Dire", "fr")
    assert entry
    assert found.revision_id == entry.revision_id


def test_a_question_on_an_older_revision_keeps_the_heading_that_stood_there(
    people: People, app: Flask, library_files: Path
) -> None:
    older = asked(anchor="un-detail")
    folder = library_files / "content/fr/01-prendre-contact"
    first = publish_file(app, write_play(library_files, folder, PLAY, body=PLAY_BODY + "\n### Un détail\nLequel.\n"))
    publish_file(app, write_play(library_files, folder, PLAY))
    with pytest.raises(InvalidInput):
        questions.ask(people.asker, PLAY, older)
    db.session.rollback()
    uuid = questions.ask(people.asker, PLAY, Asked(ids.new(), first, "un-detail", "Lequel ?"))
    found = row(uuid)
    assert found
    assert (found.revision_id, found.heading) == (first, "Un détail")


def test_sending_it_twice_asks_once(people: People) -> None:
    sent = asked()
    questions.ask(people.asker, PLAY, sent)
    questions.ask(people.asker, PLAY, sent)
    assert number_of_remarks() == 1


def test_an_id_that_is_somebody_else_s_is_a_conflict(people: People) -> None:
    sent = asked()
    questions.ask(people.asker, PLAY, sent)
    with pytest.raises(Conflict):
        questions.ask(people.reader, PLAY, sent)


@pytest.mark.parametrize("text", ["", "  ", "a" * 2_001, "\x00a"])
def test_a_wrong_text_is_refused(people: People, text: str) -> None:
    with pytest.raises(InvalidInput):
        questions.ask(people.asker, PLAY, asked(text))
    assert number_of_remarks() == 0


def test_an_unknown_document_a_foreign_revision_and_an_unknown_heading_are_refused(people: People) -> None:
    script = catalogue.current().find(SCRIPT, "fr")
    assert script
    with pytest.raises(NotFound):
        questions.ask(people.asker, "nothing", asked())
    with pytest.raises(NotFound):
        questions.ask(people.asker, "quiz-prix", asked())
    with pytest.raises(InvalidInput):
        questions.ask(people.asker, PLAY, asked(revision_id=script.revision_id))
    with pytest.raises(InvalidInput):
        questions.ask(people.asker, PLAY, asked(anchor="nowhere"))


def test_the_record_keeps_ids_and_no_words(people: People) -> None:
    question = ask(people.asker, "Un secret ?")
    answer(people.owner, question, "Une confidence.")
    moderation.resolve(people.owner, PLAY, question)
    acts = db.session.execute(
        select(Activity).where(Activity.kind.like("remark.%")).order_by(Activity.sequence)
    ).scalars()
    told = [(act.kind, act.person_id, sorted(act.details)) for act in acts]
    assert told == [
        ("remark.made", people.asker.id, ["remark"]),
        ("remark.answered", people.owner.id, ["remark"]),
        ("remark.resolved", people.owner.id, ["remark"]),
    ]


@pytest.mark.parametrize("who", ["owner", "writer", "asker"])
def test_the_owner_and_writers_answer_and_the_asker_may_add(people: People, who: str) -> None:
    question = ask(people.asker)
    assert row(answer(getattr(people, who), question)) is not None


def test_another_reader_does_not_answer_settle_or_hide(people: People) -> None:
    question = ask(people.asker)
    for act in (
        lambda: answer(people.reader, question),
        lambda: moderation.resolve(people.reader, PLAY, question),
        lambda: moderation.reopen(people.reader, PLAY, question),
        lambda: moderation.hide(people.reader, PLAY, question),
        lambda: moderation.show(people.reader, PLAY, question),
        lambda: moderation.hide(people.asker, PLAY, question),
    ):
        with pytest.raises(Forbidden):
            act()
        db.session.rollback()


def test_the_owner_of_one_document_answers_on_no_other(people: People) -> None:
    question = ask(people.asker, document=SCRIPT)
    with pytest.raises(Forbidden):
        answer(people.owner, question, document=SCRIPT)
    with pytest.raises(NotFound):
        answer(people.owner, question, document=PLAY)
    with pytest.raises(NotFound):
        answer(people.writer, ids.new())


def test_an_answer_is_not_answered_nor_resolved(people: People) -> None:
    given = answer(people.owner, ask(people.asker))
    with pytest.raises(NotFound):
        answer(people.writer, given)
    db.session.rollback()
    with pytest.raises(NotFound):
        moderation.resolve(people.writer, PLAY, given)


def test_answering_twice_with_one_id_answers_once(people: People) -> None:
    question, uuid = ask(people.asker), ids.new()
    questions.answer(people.owner, PLAY, question, uuid, "Oui.")
    questions.answer(people.owner, PLAY, question, uuid, "Oui.")
    assert number_of_remarks() == 2


def test_what_an_asker_adds_opens_the_question_again(people: People) -> None:
    question = ask(people.asker)
    moderation.resolve(people.owner, PLAY, question)
    with clock.frozen_at(NOW + timedelta(minutes=1)):
        answer(people.asker, question, "Pas tout à fait.")
    found = row(question)
    assert found
    assert found.resolved_at is None


def test_a_conversation_ends_somewhere(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(questions, "MOST_ANSWERS", 2)
    question = ask(people.asker)
    answer(people.owner, question)
    answer(people.owner, question)
    with pytest.raises(Conflict):
        answer(people.owner, question)


def test_an_author_changes_and_takes_back_until_somebody_wrote_after(people: People) -> None:
    question = ask(people.asker)
    questions.change(people.asker, PLAY, question, "Et le samedi ?")
    found = row(question)
    assert found
    assert (found.text, found.edited_at) == ("Et le samedi ?", NOW)
    with clock.frozen_at(NOW + timedelta(minutes=1)):
        given = answer(people.owner, question)
    for act in (
        lambda: questions.change(people.asker, PLAY, question, "Autre chose"),
        lambda: questions.withdraw(people.asker, PLAY, question),
    ):
        with pytest.raises(Conflict):
            act()
        db.session.rollback()
    questions.withdraw(people.owner, PLAY, given)
    questions.withdraw(people.asker, PLAY, question)
    assert number_of_remarks() == 0


def test_nobody_changes_what_another_wrote(people: People) -> None:
    question = ask(people.asker)

    def change(actor: Actor) -> None:
        questions.change(actor, PLAY, question, "Autre chose")

    for actor in (people.owner, people.writer, people.reader):
        with pytest.raises(NotFound):
            change(actor)
        db.session.rollback()
        with pytest.raises(NotFound):
            questions.withdraw(actor, PLAY, question)
        db.session.rollback()


def test_what_is_resolved_or_hidden_stays_as_it_was(people: People) -> None:
    resolved, hidden = ask(people.asker), ask(people.asker)
    moderation.resolve(people.asker, PLAY, resolved)
    moderation.hide(people.writer, PLAY, hidden)
    for question in (resolved, hidden):
        with pytest.raises(Conflict):
            questions.change(people.asker, PLAY, question, "Autre chose")
        db.session.rollback()


def test_resolving_and_reopening_say_who_and_when(people: People) -> None:
    question = ask(people.asker)
    moderation.resolve(people.owner, PLAY, question)
    moderation.resolve(people.writer, PLAY, question)
    found = row(question)
    assert found
    assert (found.resolved_by, found.resolved_at) == (people.owner.id, NOW)
    moderation.reopen(people.writer, PLAY, question)
    found = row(question)
    assert found
    assert (found.resolved_by, found.resolved_at) == (None, None)


def test_open_questions_are_counted_by_document(people: People) -> None:
    first = ask(people.asker)
    ask(people.reader)
    ask(people.asker, document=SCRIPT)
    answer(people.owner, first)
    assert remarks.open_counts([PLAY, SCRIPT, "lumio-atelier"]) == {PLAY: 2, SCRIPT: 1}
    moderation.resolve(people.owner, PLAY, first)
    assert remarks.open_counts() == {PLAY: 1, SCRIPT: 1}
    assert remarks.open_counts([]) == {}
    assert remarks.open_counts([PLAY, *map(str, range(1_000))]) == {PLAY: 1}


def test_a_question_that_was_answered_stays_as_it_is_even_if_the_clock_went_back(people: People) -> None:
    question = ask(people.asker)
    with clock.frozen_at(NOW - timedelta(hours=1)):
        answer(people.owner, question)
    with pytest.raises(Conflict):
        questions.change(people.asker, PLAY, question, "Tout autre chose ?")
    with pytest.raises(Conflict):
        questions.withdraw(people.asker, PLAY, question)
