"""Where documents belong, for narrowing a search: the steps they are of use at, the offers they are about."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from app.core.database import db, table_of
from app.library import catalogue, memory
from app.library.catalogue import Entry
from app.library.models import DocumentLink

NOTHING: frozenset[str] = frozenset()

_link = table_of(DocumentLink)
_OFFER_LINKS = select(_link.c.document_id, _link.c.target_id).where(_link.c.target_kind == "offer")


@dataclass(frozen=True)
class Belonging:
    """The steps and the offers of each document, by its id."""

    steps: Mapping[str, frozenset[str]]
    offers: Mapping[str, frozenset[str]]

    def has(self, document_id: str, *, step: str = "", offer: str = "") -> bool:
        """Whether a document belongs to a step and to an offer; an empty one asks nothing."""
        return (not step or step in self.steps.get(document_id, NOTHING)) and (
            not offer or offer in self.offers.get(document_id, NOTHING)
        )


def belonging() -> Belonging:
    """What belongs where, at the library's present generation; made once."""
    return memory.shared("belonging", _make)


def _make() -> Belonging:
    published = catalogue.current()
    steps: dict[str, set[str]] = {}
    for entry in published.all_editions():
        for step_id in entry.kind.steps_of(entry.card):
            steps.setdefault(entry.id, set()).add(step_id)
    for step in published.editions_of_kind("step"):
        steps.setdefault(step.id, set()).add(step.id)
        for play in _beside(step):
            steps.setdefault(play.id, set()).add(step.id)
    offers: dict[str, set[str]] = {offer.id: {offer.id} for offer in published.editions_of_kind("offer")}
    for document_id, offer_id in db.session.execute(_OFFER_LINKS):
        offers.setdefault(document_id, set()).add(offer_id)
    return Belonging(_frozen(steps), _frozen(offers))


def _beside(step: Entry) -> list[Entry]:
    """What stands on a step because its file lies beside the step's."""
    published = catalogue.current()
    names = {each.kind.name for each in published.all_editions() if each.kind.needs_step_beside}
    return [entry for name in sorted(names) for entry in published.beside(step, name)]


def _frozen(sets: Mapping[str, set[str]]) -> Mapping[str, frozenset[str]]:
    return {document_id: frozenset(those) for document_id, those in sets.items()}
