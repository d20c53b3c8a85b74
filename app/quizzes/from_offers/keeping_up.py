"""Bringing the banks of a language up to what its offers say now.

Every bank is looked at, since the questions of one offer borrow from the others. What a bank holds says by itself what
was edited, so that doing this twice, or late, changes nothing.
"""

from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.accounts.actor import Actor, Role
from app.core.database import db
from app.library import catalogue
from app.library.authoring.releases import Refused
from app.library.catalogue import Entry
from app.library.models import Revision
from app.quizzes.from_offers import bank, sentences
from app.quizzes.from_offers.bank import Bank
from app.quizzes.from_offers.bank_ids import bank_entry
from app.quizzes.from_offers.following import followed
from app.quizzes.from_offers.generator import facts_of


def follow_all(payload: dict[str, Any]) -> None:
    """Bring the questions of every offer of a language up to what the offers say now.

    Raises Refused, once all others are done, where a bank would not pass the check: the work is then tried again.
    """
    catalogue.refresh()
    row = db.session.execute(
        select(Revision.published_by, Revision.title).where(Revision.id == payload["revision"])
    ).one_or_none()
    changed_by = row.published_by if row else None
    note = sentences.of(payload["language"]).follows.format(offer=row.title) if row else ""
    refused: list[Refused] = []
    for offer in catalogue.current().editions_of_kind("offer"):
        if offer.language == payload["language"] and bank_entry(offer) is not None:
            try:
                follow(offer, payload["materiality"], note, changed_by)
            except Refused as problems:
                refused.append(problems)  # one bank with a mistake in it keeps no other waiting
            catalogue.refresh()
    if refused:
        raise refused[0]


def follow(offer: Entry, materiality: str, note: str = "", changed_by: UUID | None = None) -> bool:
    """Bring the questions of one offer up to what it says now, and commit; False when nothing changes."""
    world = bank.world(offer)
    facts = facts_of(world.offer)

    def change(held: Bank) -> Bank:
        if held.base is None:
            return held
        questions = followed(held.held, world.made, facts, offer.id)
        return replace(held, questions=tuple(questions))

    actor = Actor(changed_by, "", "", Role.REP) if changed_by else None
    return bank.publish(actor, offer, change, materiality, note[:500])
