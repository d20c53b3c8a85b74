"""The bank of an offer: what authors decide, and what becomes of it when the offer is published anew."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, g
from sqlalchemy import func, select

from app.accounts.actor import Actor, Role
from app.core import outbox
from app.core.database import db
from app.core.errors import Forbidden, InvalidInput, NotFound
from app.library import catalogue
from app.library.authoring import catching_up, drafts, releases
from app.library.authoring.fields import texts
from app.library.models import Edition, Revision
from app.quizzes.from_offers import bank, deciding
from app.quizzes.from_offers.bank_ids import bank_id
from app.quizzes.from_offers.following import State
from app.quizzes.from_offers.page import OfferQuestions, offer_questions
from app.quizzes.models import ChangedQuestion
from tests.factories import actor_for, make_person
from tests.library_factories import folders_of, publish_file, sync_library, write_offer
from tests.quizzes.from_offers.offers import ATELIER, SUIVI, replaced

OFFER, BANK = "lumio-atelier", "questions-lumio-atelier"


@dataclass
class Desk:
    """Two offers, and an author who decides about the questions of the first."""

    app: Flask
    files: Path
    author: Actor

    def page(self) -> OfferQuestions:
        """What the author sees."""
        catalogue.refresh()
        return offer_questions(catalogue.entry(OFFER, "offer"))

    def states(self) -> dict[str, State]:
        """The state of each question."""
        return {row.key: row.state for row in self.page().rows}

    def change(self, facts: dict[str, Any], id: str = OFFER, materiality: str = "material") -> None:
        """Publish an offer as the editor would, and let the worker do what it asked for."""
        publish_file(self.app, write_offer(self.files, id, **facts), materiality=materiality)
        self.work()

    def work(self) -> None:
        """What the worker does."""
        outbox.sweep()
        catalogue.refresh()

    def accept(self, *keys: str) -> bool:
        """Accept questions, or all of them."""
        catalogue.refresh()
        return deciding.accept(self.author, OFFER, keys) if keys else deciding.accept_all(self.author, OFFER)

    def questions(self) -> dict[str, dict[str, Any]]:
        """What the published bank asks, by key."""
        source = db.session.execute(
            select(Revision.source)
            .join(Edition, Edition.published_id == Revision.id)
            .where(Revision.document_id == BANK)
        ).scalar_one()
        values, _lines = texts.values_of(texts.parts_of(source, has_body=False))
        return {each["key"]: each for each in values["questions"]}

    def edit(self, key: str, **changes: Any) -> None:
        """Edit a question in the bank's editor and publish it."""
        draft = drafts.begin(self.author.id, BANK, "fr")
        values, _lines = texts.values_of(texts.parts_of(draft.source, has_body=False))
        values["questions"] = [each | (changes if each["key"] == key else {}) for each in values["questions"]]
        saved = drafts.save(self.author.id, draft.id, draft.version, texts.with_values(draft.source, False, values))
        releases.publish(self.author, draft.id, saved.version, "minor")
        catalogue.refresh()

    def revisions(self) -> int:
        """How often the bank was published."""
        return db.session.execute(
            select(func.count()).select_from(Revision).where(Revision.document_id == BANK)
        ).scalar_one()


@pytest.fixture
def desk(app: Flask, library_files: Path) -> Desk:
    write_offer(library_files, OFFER, **ATELIER)
    write_offer(library_files, "lumio-suivi", 2, **SUIVI)
    assert not sync_library(app).problems
    g.pop("catalogue", None)
    return Desk(app, library_files, actor_for(make_person(Role.MANAGER)))


def test_everything_is_proposed_at_first(desk: Desk) -> None:
    assert set(desk.states().values()) == {State.NEW}
    assert desk.page().is_published is False


def test_an_accepted_question_is_in_the_published_bank(desk: Desk) -> None:
    assert desk.accept("price-pose")
    assert desk.questions()["price-pose"]["value"] == "95.00"
    assert desk.states()["price-pose"] is State.IN_USE
    entry = catalogue.current().find(BANK, "fr", "bank")
    assert entry is not None
    assert (entry.card.offer, entry.card.questions) == (OFFER, 1)


def test_accepting_twice_publishes_once(desk: Desk) -> None:
    assert desk.accept("price-pose")
    assert not desk.accept("price-pose")
    assert desk.revisions() == 1


def test_all_are_accepted_at_once_and_none_twice(desk: Desk) -> None:
    desk.accept("price-pose")
    desk.accept()
    assert set(desk.states().values()) == {State.IN_USE}
    assert not desk.accept()
    assert desk.revisions() == 2


def test_a_changed_price_changes_its_questions_and_no_other(desk: Desk) -> None:
    desk.accept()
    before = desk.questions()
    desk.change(replaced(ATELIER, "prices", 1, amount="99.00"))
    after = desk.questions()
    assert list(after) == list(before)
    assert {key for key in after if after[key] != before[key]} == {"price-pose", "price-and-tax-pose"}
    assert after["price-pose"]["value"] == "99.00"
    assert set(desk.states().values()) == {State.IN_USE}


def test_what_a_material_change_touches_is_noted_for_reviews(desk: Desk) -> None:
    desk.accept()
    desk.change(replaced(ATELIER, "prices", 1, amount="99.00"))
    rows = db.session.execute(select(ChangedQuestion).filter_by(document_id=BANK)).scalars()
    assert {row.question_key for row in rows if row.changed_at} == {"price-pose", "price-and-tax-pose"}


def test_a_minor_change_of_the_offer_is_a_minor_change_of_its_questions(desk: Desk) -> None:
    desk.accept()
    desk.change(replaced(ATELIER, "prices", 1, amount="99.00"), materiality="minor")
    assert desk.questions()["price-pose"]["value"] == "99.00"
    assert not db.session.execute(select(ChangedQuestion).filter_by(document_id=BANK)).scalars().all()


def test_a_change_of_words_alone_publishes_no_bank(desk: Desk) -> None:
    desk.accept()
    desk.change(ATELIER | {"summary": "Un autre résumé."})
    assert desk.revisions() == 1


def test_the_work_may_be_done_twice(desk: Desk) -> None:
    desk.accept()
    publish_file(desk.app, write_offer(desk.files, OFFER, **replaced(ATELIER, "prices", 1, amount="99.00")))
    message = db.session.execute(select(outbox.OutboxMessage).filter_by(kind="quizzes.follow_offer")).scalar_one()
    outbox.put(message.kind, message.payload)
    db.session.commit()
    desk.work()
    assert desk.revisions() == 2
    assert not outbox.sweep()


def test_two_changes_before_the_worker_wakes_are_one(desk: Desk) -> None:
    desk.accept()
    for amount in ("97.00", "99.00"):
        publish_file(desk.app, write_offer(desk.files, OFFER, **replaced(ATELIER, "prices", 1, amount=amount)))
    desk.work()
    assert desk.questions()["price-pose"]["value"] == "99.00"
    assert desk.revisions() == 2


def test_an_edited_question_is_kept_and_flagged_when_its_fact_changes(desk: Desk) -> None:
    desk.accept()
    desk.edit("price-pose", text="Combien pour la pose ?")
    assert desk.states()["price-pose"] is State.EDITED
    desk.change(replaced(ATELIER, "prices", 1, amount="99.00"))
    held = desk.questions()["price-pose"]
    assert (held["text"], held["value"]) == ("Combien pour la pose ?", "95.00")
    assert desk.questions()["price-and-tax-pose"]["value"] == "118.80"
    assert desk.states()["price-pose"] is State.CHANGED


def test_the_flag_goes_when_its_author_takes_the_new_one_or_keeps_theirs(desk: Desk) -> None:
    desk.accept()
    desk.edit("price-pose", text="Combien pour la pose ?")
    desk.edit("price-and-tax-pose", text="Et TTC ?")
    desk.change(replaced(ATELIER, "prices", 1, amount="99.00"))
    assert deciding.take_new(desk.author, OFFER, "price-pose")
    catalogue.refresh()
    assert deciding.keep_mine(desk.author, OFFER, "price-and-tax-pose")
    catalogue.refresh()
    assert not deciding.keep_mine(desk.author, OFFER, "price-and-tax-pose")
    states = desk.states()
    assert (states["price-pose"], states["price-and-tax-pose"]) == (State.IN_USE, State.EDITED)
    assert desk.questions()["price-pose"]["value"] == "99.00"
    assert desk.questions()["price-and-tax-pose"]["text"] == "Et TTC ?"


def test_a_question_whose_fact_is_gone_is_withdrawn_even_when_it_was_edited(desk: Desk) -> None:
    desk.accept()
    desk.edit("price-pose", text="Combien pour la pose ?")
    desk.change({**ATELIER, "prices": ATELIER["prices"][:1]})
    assert not [key for key in desk.questions() if "pose" in key]
    row = db.session.execute(select(ChangedQuestion).filter_by(question_key="price-pose")).scalar_one()
    assert row.withdrawn_at is not None


def test_a_rejected_question_does_not_come_back(desk: Desk) -> None:
    desk.accept()
    catalogue.refresh()
    assert deciding.reject(desk.author, OFFER, "price-pose")
    assert desk.states()["price-pose"] is State.REJECTED
    desk.change(replaced(ATELIER, "prices", 1, amount="99.00"))
    assert not desk.accept()
    assert "price-pose" not in desk.questions()
    assert not deciding.reject(desk.author, OFFER, "price-pose")
    assert desk.accept("price-pose")
    assert desk.states()["price-pose"] is State.IN_USE


def test_another_offers_change_reaches_what_was_borrowed_from_it(desk: Desk) -> None:
    desk.accept()
    false = next(key for key, each in desk.questions().items() if key.startswith("not-garantie"))
    same = replaced(SUIVI, "characteristics", 0, value="5 ans, sur site")
    desk.change(same, "lumio-suivi")
    assert false not in desk.questions()


def test_an_authors_own_questions_and_the_open_draft_are_never_touched(desk: Desk) -> None:
    desk.accept()
    own = {**desk.questions()["limit-ne-convient-pas-aux-zones-atex"], "key": "ma-question"}
    del own["made_from"]
    draft = drafts.begin(desk.author.id, BANK, "fr")
    values, _lines = texts.values_of(texts.parts_of(draft.source, has_body=False))
    values["questions"].append(own)
    saved = drafts.save(desk.author.id, draft.id, 1, texts.with_values(draft.source, False, values))
    desk.change(replaced(ATELIER, "prices", 1, amount="99.00"))
    held = drafts.get(draft.id)
    assert held.version == saved.version
    assert b"ma-question" in held.source
    assert held.base_is_old
    assert desk.page().draft is not None
    assert _caught_up(desk, draft.id, saved.version)
    assert desk.questions()["ma-question"]["text"] == own["text"]
    assert desk.questions()["price-pose"]["value"] == "99.00"
    desk.change({**ATELIER, "limits": ATELIER["limits"][1:]})
    assert "ma-question" in desk.questions()


def _caught_up(desk: Desk, draft_id: Any, version: int) -> bool:
    caught = catching_up.bring_up_to_date(desk.author.id, draft_id, version)
    releases.publish(desk.author, draft_id, caught.version, "minor")
    catalogue.refresh()
    return caught.clean


def test_the_bank_is_written_to_its_file_and_reads_back_the_same(desk: Desk) -> None:
    desk.accept()
    assert not sync_library(desk.app).problems
    path = folders_of(desk.app).quizzes / "fr" / "banques" / f"{BANK}.yaml"
    text = path.read_text()
    assert "made_from: offer:lumio-atelier#prices-pose@" in text
    assert "\n  - key: price-pose\n    type: numeric\n" in text
    catalogue.refresh()
    report = sync_library(desk.app)
    assert not report.problems
    assert desk.revisions() == 1


def test_the_bank_of_an_offer_with_a_long_id_has_room_for_keys() -> None:
    long, other = (bank_id("offre-" * 18 + end) for end in ("un", "deux"))
    assert len(long) <= 74
    assert long != other
    assert bank_id(OFFER) == BANK


def test_a_rep_decides_nothing_and_foreign_keys_are_refused(desk: Desk) -> None:
    rep = actor_for(make_person(Role.REP))
    for act in (deciding.reject, deciding.take_new, deciding.keep_mine):
        with pytest.raises(Forbidden):
            act(rep, OFFER, "price-pose")
        with pytest.raises(InvalidInput):
            act(desk.author, OFFER, "price-nowhere")
        with pytest.raises(NotFound):
            act(desk.author, "nowhere", "price-pose")
    with pytest.raises(Forbidden):
        deciding.accept_all(rep, OFFER)
    with pytest.raises(InvalidInput):
        deciding.accept(desk.author, OFFER, ["price-pose", "price-nowhere"])
    with pytest.raises(InvalidInput):
        deciding.accept(desk.author, OFFER, [])
    assert not bank.read(catalogue.entry(OFFER, "offer")).held
