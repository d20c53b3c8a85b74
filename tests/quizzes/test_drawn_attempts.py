"""Attempts whose questions were drawn: what they ask stays theirs, whatever becomes of the quiz and its banks."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import update

from app.core.database import db
from app.core.errors import NotFound
from app.quizzes import attempts, papers, summary
from app.quizzes.attempting import attempt_rows, marking
from app.quizzes.attempts import NothingToAsk
from app.quizzes.models import Attempt
from app.quizzes.papers import Paper, Papers
from app.quizzes.questions import NumericQuestion
from app.quizzes.replies import Chosen, WrongReply
from tests.factories import actor_for, make_person
from tests.library_factories import STEP
from tests.queries import counting
from tests.quizzes.conftest import QUIZ, Room
from tests.quizzes.question_factories import right_reply, values_of, written_question

KINDS = ("single", "multiple", "numeric", "calculated", "gaps", "matching", "ordering", "categories")


def question(key: str, kind: str = "single", **changes: Any) -> dict[str, Any]:
    return written_question(kind, key=key, read_again=f"step:{STEP}", **changes)


def row(attempt_id: UUID) -> attempt_rows.AttemptRow:
    found = attempt_rows.find(attempt_id)
    assert found is not None
    return found


def paper(attempt_id: UUID) -> Paper:
    return papers.of_attempt(row(attempt_id))


@pytest.fixture
def forgetful(app: Flask) -> Callable[[], None]:
    """As another process would: it knows no paper yet."""
    return lambda: app.extensions.update(palier_papers=Papers())


@pytest.fixture
def drawn(room: Room) -> Room:
    """A quiz that draws two of a bank’s three, and asks one of its own."""
    room.publish_bank([question(key, hints=["Un indice."]) for key in ("a", "b", "c")])
    room.publish(
        questions=[question("own", "true_false")],
        sections=[{"title": "Le prix", "bank": "banque-prix", "draw": 2}, {"title": "Pour finir"}],
        shuffle_options=True,
    )
    return room


def test_what_was_drawn_is_asked_and_nothing_else(drawn: Room) -> None:
    attempt_id = drawn.start()
    keys = [each.key for each in paper(attempt_id).questions]
    assert len(keys) == 3
    assert keys[2] == "own"
    (left,) = {"banque-prix/a", "banque-prix/b", "banque-prix/c"} - set(keys)
    assert drawn.reply(attempt_id, keys[0], ["2"]).reply == Chosen(frozenset({2}))
    for unknown in (left, left.rpartition("/")[2], "banque-prix/", "/a", "banque-prix"):
        with pytest.raises(NotFound):
            drawn.reply(attempt_id, unknown, ["0"])
        db.session.rollback()
        with pytest.raises(NotFound):
            attempts.take_hint(actor_for(drawn.rep), attempt_id, unknown, 1)
        db.session.rollback()
    assert list(attempt_rows.kept_replies(attempt_id)) == [keys[0]]


def test_a_reply_of_the_wrong_shape_is_refused(room: Room) -> None:
    room.publish(questions=[question(kind, kind) for kind in ("matching", "categories", "gaps", "ordering")])
    attempt_id = room.start()
    for kind, values in (
        ("matching", ["0"]),
        ("matching", ["0:0", "0:1"]),
        ("categories", ["9:0"]),
        ("ordering", ["0:-1"]),
        ("gaps", ["true"]),
    ):
        with pytest.raises(WrongReply):
            room.reply(attempt_id, kind, values)
        db.session.rollback()
    assert attempt_rows.kept_replies(attempt_id) == {}


def test_each_question_knows_its_section(drawn: Room) -> None:
    asked = paper(drawn.start())
    assert asked.sections == ("Le prix", "Le prix", "Pour finir")
    assert [asked.section_of(number) for number in (1, 2, 3)] == list(asked.sections)


def test_options_are_shown_in_the_order_drawn_and_named_by_their_place_in_the_file(drawn: Room) -> None:
    attempt_id = drawn.start()
    sheet, asked = row(attempt_id).sheet, paper(attempt_id)
    assert sheet is not None
    first = asked.questions[0]
    assert asked.order_of(first) == sheet["options"][first.key]
    drawn.reply(attempt_id, first.key, ["0"])
    attempts.submit(actor_for(drawn.rep), attempt_id)
    assert marking.mark(row(attempt_id)).result.marks[first.key] == 1


def test_two_people_are_asked_different_things(drawn: Room) -> None:
    asked = set()
    for _ in range(12):
        attempt_id = attempts.start(actor_for(make_person()), QUIZ)
        asked.add(tuple(each.key for each in paper(attempt_id).questions))
    assert len(asked) > 1


def test_another_device_goes_on_with_the_same_questions_and_replies(drawn: Room, forgetful: Callable[[], None]) -> None:
    attempt_id = drawn.start()
    before = [each.model_dump() for each in paper(attempt_id).questions]
    drawn.reply(attempt_id, before[0]["key"], ["1"])
    forgetful()
    assert drawn.start() == attempt_id
    assert [each.model_dump() for each in paper(attempt_id).questions] == before
    assert drawn.reply(attempt_id, before[0]["key"], ["0"]).reply == Chosen(frozenset({0}))


def test_a_bank_that_changes_changes_nothing_for_an_open_attempt(drawn: Room, forgetful: Callable[[], None]) -> None:
    attempt_id = drawn.start()
    first = paper(attempt_id).questions[0]
    turned = question("a")["options"][1:] + question("a")["options"][:1]  # the right one is the last now
    drawn.publish_bank([question(key, options=turned) for key in ("a", "b", "c")] + [question("d")])
    forgetful()
    assert paper(attempt_id).questions[0] == first
    drawn.reply(attempt_id, first.key, ["0"])
    attempts.submit(actor_for(drawn.rep), attempt_id)
    assert marking.mark(row(attempt_id)).result.marks[first.key] == 1
    assert paper(drawn.start()).questions[0] != first


def test_a_bank_that_is_withdrawn_is_still_asked_by_an_open_attempt(drawn: Room, forgetful: Callable[[], None]) -> None:
    attempt_id = drawn.start()
    keys = [each.key for each in paper(attempt_id).questions]
    drawn.publish(questions=[question("own", "true_false")])
    (drawn.files / "quizzes/fr/banques/banque-prix.yaml").unlink()
    drawn.synchronise()
    forgetful()
    assert [each.key for each in paper(attempt_id).questions] == keys
    assert drawn.reply(attempt_id, keys[0], ["0"]).reply


def test_a_quiz_with_nothing_to_draw_from_cannot_be_started(room: Room) -> None:
    room.publish_bank([question("a", tags=["prix"])])
    room.publish(questions=[], sections=[{"title": "x", "bank": "banque-prix", "tags": ["délai"], "draw": 2}])
    with pytest.raises(NothingToAsk):
        room.start()
    assert summary.open_attempts_of(room.rep.id) == []


def test_every_type_is_answered_from_a_drawn_sheet_and_earns_all(room: Room, forgetful: Callable[[], None]) -> None:
    room.publish_bank([question(kind.replace("_", "-"), kind) for kind in KINDS])
    room.publish(
        questions=[], sections=[{"title": "x", "bank": "banque-prix", "draw": 8}], shuffle=True, shuffle_options=True
    )
    attempt_id = room.start()
    for each in paper(attempt_id).questions:
        reply = right_reply(each)
        assert reply is not None
        assert room.reply(attempt_id, each.key, values_of(reply)).reply == reply
        forgetful()
    attempts.submit(actor_for(room.rep), attempt_id)
    assert (row(attempt_id).percent, row(attempt_id).passed) == (100, True)


def test_the_values_of_a_calculated_question_stay_those_of_the_attempt(
    room: Room, forgetful: Callable[[], None]
) -> None:
    room.publish(questions=[question("tva", "calculated")])
    attempt_id = room.start()
    asked = paper(attempt_id).question("tva")
    assert isinstance(asked, NumericQuestion)
    assert "{ht}" not in asked.text
    forgetful()
    assert paper(attempt_id).question("tva") == asked
    others = [attempts.start(actor_for(make_person()), QUIZ) for _ in range(5)]
    assert len({paper(each).questions[0].text for each in others}) > 1


def test_saving_an_answer_takes_no_more_statements_than_without_a_draw(room: Room) -> None:
    counts = []
    for front in ({}, {"shuffle": True, "shuffle_options": True}):
        room.publish(**front)
        attempt_id = attempts.start(actor := actor_for(make_person()), QUIZ)
        attempts.answer(actor, attempt_id, "single", ["0"])
        with counting() as statements:
            attempts.answer(actor, attempt_id, "single", ["1"])
        counts.append(len(statements))
    assert counts[0] == counts[1] == 3


def test_the_paper_of_an_attempt_is_put_together_once(drawn: Room) -> None:
    attempt = row(drawn.start())
    with counting() as statements:
        assert papers.of_attempt(attempt) is papers.of_attempt(attempt)
    assert statements == []


def test_a_regraded_attempt_asks_the_same_as_it_is_corrected_and_what_is_gone_as_it_was(room: Room) -> None:
    room.publish(questions=[question("a"), question("b"), question("tva", "calculated")], shuffle=True)
    attempt_id = room.start()
    asked = [each.key for each in paper(attempt_id).questions]
    attempts.submit(actor_for(room.rep), attempt_id)
    corrected = question("a", title="Corrigée")
    room.publish(questions=[corrected, question("tva", "calculated", formula="ht * 2"), question("new")], shuffle=True)
    newer = row(attempts.start(actor_for(make_person()), QUIZ)).revision_id
    db.session.execute(update(Attempt).where(Attempt.id == attempt_id).values(revised_revision_id=newer))
    now, then = paper(attempt_id), papers.of_attempt(replace(row(attempt_id), regraded_by=None))
    assert [each.key for each in now.questions] == asked
    assert now.question("a") != then.question("a")
    assert now.question("b") == then.question("b")
    recomputed = now.question("tva")
    assert isinstance(recomputed, NumericQuestion)
    assert recomputed.text == then.question("tva").text  # type: ignore[union-attr]
