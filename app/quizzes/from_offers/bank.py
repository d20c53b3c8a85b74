"""The bank of an offer's questions: read as it is published, and published with a change."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import select

from app.accounts.actor import Actor
from app.core.database import db
from app.core.errors import Conflict, InvalidInput
from app.library import catalogue, memory
from app.library.authoring import naming, releases
from app.library.authoring.fields import texts
from app.library.catalogue import Entry
from app.library.kinds import all_kinds
from app.library.models import Edition, Revision
from app.playbook.documents import OfferFacts
from app.quizzes.documents import BANK, BankFacts
from app.quizzes.from_offers import generator, sentences
from app.quizzes.from_offers.bank_ids import bank_id
from app.quizzes.from_offers.facts import Offer
from app.quizzes.from_offers.following import Held
from app.quizzes.from_offers.suggestions import Suggestion

TRIES = 5

_facts = TypeAdapter(OfferFacts)

Change = Callable[["Bank"], "Bank"]


@dataclass(frozen=True)
class Bank:
    """What a bank holds. `base` is the revision it was read from, None while it is not published; `source` the text
    that a change is written into."""

    id: str
    language: str
    base: int | None
    source: bytes
    path: str
    questions: tuple[dict[str, Any], ...]
    held: tuple[Held, ...]
    rejected: tuple[str, ...]

    def get(self, key: str) -> Held | None:
        """The question of this key."""
        return next((each for each in self.held if each.key == key), None)


@dataclass(frozen=True)
class World:
    """An offer in one language, and every question that it and those beside it give."""

    entry: Entry
    offer: Offer
    made: dict[str, Suggestion]


def world(entry: Entry) -> World:
    """An offer and what it gives beside the others of its language. One statement, once for a state of the library."""
    return memory.shared(("questions of an offer", entry.id, entry.language), lambda: _world(entry))


def _world(entry: Entry) -> World:
    editions = catalogue.current().editions_of_kind("offer")
    offers = {each.revision_id: each for each in editions if each.language == entry.language}
    rows = db.session.execute(select(Revision.id, Revision.facts).where(Revision.id.in_(offers)))
    read = {
        offers[row.id].id: Offer(
            offers[row.id].id, offers[row.id].title, _facts.validate_python(row.facts, strict=False)
        )
        for row in rows
    }
    offer = read.pop(entry.id)
    made = generator.suggestions(offer, read.values(), entry.language)
    return World(entry, offer, {each.key: each for each in made})


def read(offer: Entry) -> Bank:
    """The bank as it is published; else as it would begin, which is with its last text where it was archived."""
    identity = bank_id(offer.id)
    row = db.session.execute(
        select(Revision.id, Revision.source, Revision.facts, Edition.path, Edition.published_id)
        .join(
            Edition,
            (Edition.document_id == Revision.document_id) & (Edition.language == Revision.language),
        )
        .where(Revision.document_id == identity, Revision.language == offer.language)
        .order_by((Revision.id == Edition.published_id).desc(), Revision.number.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return _beginning(identity, offer)
    facts = BankFacts.model_validate(row.facts, strict=False)
    written, _lines = texts.values_of(texts.parts_of(row.source, has_body=False))
    questions = tuple(written.get("questions") or ())
    held = tuple(Held(values, question) for values, question in zip(questions, facts.questions, strict=True))
    return Bank(
        identity, offer.language, row.published_id, row.source, row.path, questions, held, tuple(facts.rejected)
    )


def _beginning(identity: str, offer: Entry) -> Bank:
    kind = all_kinds().by_name[BANK.name]
    title = sentences.of(offer.language).bank.format(offer=offer.title)
    source = kind.skeleton(identity, title, offer.language).encode()
    values, _lines = texts.values_of(texts.parts_of(source, has_body=False))
    values = {name: value for name, value in values.items() if name != "questions"} | {"offer": offer.id}
    if offer.owner:
        values["owner"] = offer.owner
    source = texts.with_values(source, False, values | {"questions": []})
    path = kind.new_path(identity, offer.language, "")
    return Bank(identity, offer.language, None, source, path, (), (), ())


def publish(actor: Actor | None, offer: Entry, change: Change, materiality: str = "minor", note: str = "") -> bool:
    """Publish the bank as `change` makes it of what is published; False when that is nothing new. Commits.

    A draft of the bank stays as it is: its author brings it up to date, as after any publication. Raises Refused.
    """
    for _ in range(TRIES):
        before = read(offer)
        after = change(before)
        source = _text(before, after)
        if source == before.source or (before.base is None and not after.questions and not after.rejected):
            db.session.rollback()
            return False
        try:
            text = (_path(before), source)
            releases.publish_within(actor, [text], materiality, note, partial(_require, before))
        except _Moved:
            continue
        db.session.commit()
        return True
    raise Conflict(bank=bank_id(offer.id))


class _Moved(Exception):
    """Another text of the bank was published meanwhile."""


def _require(bank: Bank) -> None:
    this = select(Edition.published_id).filter_by(document_id=bank.id, language=bank.language)
    if db.session.execute(this).scalar() != bank.base:
        raise _Moved


def _path(bank: Bank) -> str:
    if bank.base is not None:
        return bank.path
    return naming.free_place(all_kinds().by_name[BANK.name], bank.path)


def _text(before: Bank, after: Bank) -> bytes:
    """The text with the new questions; what did not change keeps every byte."""
    if (after.questions, after.rejected) == (before.questions, before.rejected):
        return before.source
    values, _lines = texts.values_of(texts.parts_of(before.source, has_body=False))
    kept = {name: value for name, value in values.items() if name not in ("rejected", "questions")}
    if after.rejected:
        kept["rejected"] = list(after.rejected)
    return texts.with_values(before.source, False, kept | {"questions": list(after.questions)})


def keys_known(made: Iterable[str], asked: Iterable[str]) -> list[str]:
    """The keys asked for, each once, in the order in which they are made. Raises InvalidInput for a foreign one."""
    wanted = set(asked)
    known = [key for key in made if key in wanted]
    if not wanted or len(known) < len(wanted):
        raise InvalidInput(keys=len(wanted))
    return known
