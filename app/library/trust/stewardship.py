"""Who answers for what is published and how it stands: from the catalogue in memory, without asking the database.

The clock is looked at each time: a document lapses while pages made from it are kept.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from flask import current_app

from app.accounts.actor import Actor
from app.accounts.authorisation import Action, may
from app.core import clock, languages
from app.library import catalogue, memory
from app.library.catalogue import Entry
from app.library.trust import lapses, owners
from app.library.trust.lapses import Standing


@dataclass(frozen=True)
class Imprint:
    """What a page says of its text's keeper: their name, and when somebody last verified it, if anybody did."""

    owner: str
    verified_at: datetime | None
    verified_by: str


@dataclass(frozen=True)
class Lapsed:
    """A published text that has lapsed, or will; `entry` is the one whose standing it is."""

    entry: Entry
    standing: Standing


def standing_of(entry: Entry) -> Standing:
    """How a text stands now."""
    usual: int = current_app.config["SETTINGS"].verify_every_days
    return lapses.standing(entry.verified_at or entry.published_at, entry.verify_every, usual, clock.now())


def imprint_of(entry: Entry) -> Imprint | None:
    """Who keeps a published text; None for a draft that is shown as its page. One statement a library generation."""
    if not entry.number:
        return None
    people = memory.shared("owners' names", _names)
    owner = people.get(entry.owner or "") or owners.words_of(entry.owner)
    if entry.verified_by is None:
        return Imprint(owner, None, "")
    return Imprint(owner, entry.verified_at, entry.verified_by)


def may_verify(actor: Actor, document_id: str) -> bool:
    """Whether a person may say that a document is true: its owner in any language, or who writes the library."""
    return may(actor, Action.VERIFY_DOCUMENT, owner_as_asked(actor, document_id))


def owner_as_asked(actor: Actor, document_id: str) -> UUID | None:
    """The owner's id for the authorisation table, which only asks whether it is the actor's: found without a query."""
    mail = actor.email.lower()
    owns = any(owners.mail_of(entry.owner) == mail for entry in catalogue.current().editions(document_id))
    return actor.id if owns else None


def lapsed() -> list[Lapsed]:
    """Everything that has lapsed, the longest first; a document once for each of its languages that has."""
    ordered = memory.shared("in the order they lapse", _ordered)
    return [
        replace(each, standing=_ended(each.standing)) for each in ordered[: bisect_right(ordered, clock.now(), key=_at)]
    ]


def lapsed_of(mail: str) -> list[Lapsed]:
    """What has lapsed of what a mail address answers for, the longest first; each document once."""
    return once_each(of(owned().get(mail.lower(), ())))


def of(entries: Iterable[Entry]) -> list[Lapsed]:
    """Those that have lapsed."""
    found = (Lapsed(entry, standing_of(entry)) for entry in entries)
    return [each for each in found if each.standing.has_lapsed]


def address_of(entry: Entry) -> str:
    """Where it is read and verified: its page, else its place in the library."""
    return entry.address if entry.kind.address else f"/library/{entry.id}/{entry.language}"


def once_each(found: list[Lapsed]) -> list[Lapsed]:
    """Of each document the text that lapsed first, shown in the reader's language where there is one."""
    seen: dict[str, Lapsed] = {}
    for each in sorted(found, key=_since):
        seen.setdefault(each.entry.id, each)
    return [Lapsed(_shown(each.entry), each.standing) for each in seen.values()]


def owned() -> Mapping[str, list[Entry]]:
    """What is published, by the mail address that answers for it; what none does is left out."""
    return memory.shared("owned", _owned)


def _ordered() -> list[Lapsed]:
    """All that will lapse one day, the first to do so first: what has by now is its beginning."""
    found = [Lapsed(entry, standing_of(entry)) for entry in catalogue.current().everything()]
    return sorted((each for each in found if each.standing.lapses_at), key=_since)


def _ended(standing: Standing) -> Standing:
    return replace(standing, has_lapsed=True)


def _owned() -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in catalogue.current().everything():
        if mail := owners.mail_of(entry.owner):
            found.setdefault(mail, []).append(entry)
    return found


def _names() -> dict[str, str]:
    given = {entry.owner for entry in catalogue.current().everything()}
    return {"": "", **{owner: person.name for owner, person in owners.persons_of(given).items()}}


def _shown(entry: Entry) -> Entry:
    return catalogue.current().find(entry.id, languages.readers()) or entry


def _at(each: Lapsed) -> datetime:
    return each.standing.lapses_at or each.standing.verified_at


def _since(each: Lapsed) -> tuple[datetime, str, str]:
    return _at(each), each.entry.id, each.entry.language
