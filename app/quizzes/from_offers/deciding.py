"""What an author decides about the questions that an offer gives: accept, reject, take the new one, keep one's own.

Each is published at once, as a new revision of the offer's bank. Deciding the same twice changes nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.accounts.actor import Actor
from app.accounts.authorisation import Action, DraftSubject, authorise
from app.library import catalogue
from app.quizzes.from_offers import bank, provenance
from app.quizzes.from_offers.bank import Bank, World
from app.quizzes.from_offers.following import State, state_of
from app.quizzes.from_offers.suggestions import Suggestion


def accept(actor: Actor, offer_id: str, keys: Sequence[str]) -> bool:
    """Put these questions into the bank, also ones that were rejected. False when they all were in it.

    Raises Forbidden, NotFound, InvalidInput for a key that the offer does not give.
    """
    world = _world(actor, offer_id)
    wanted = bank.keys_known(world.made, keys)

    def change(held: Bank) -> Bank:
        fresh = [dict(world.made[key].values) for key in wanted if held.get(key) is None]
        rejected = tuple(key for key in held.rejected if key not in wanted)
        return replace(held, questions=(*held.questions, *fresh), rejected=rejected)

    # One that was asked before may have changed since: then it counts as new to those who know it.
    known_before = set(wanted) & set(bank.read(world.entry).rejected)
    return bank.publish(actor, world.entry, change, "material" if known_before else "minor")


def accept_all(actor: Actor, offer_id: str) -> bool:
    """Put every question that is proposed and neither in the bank nor rejected into it. Raises as `accept` does."""
    world = _world(actor, offer_id)

    def change(held: Bank) -> Bank:
        fresh = [dict(each.values) for each in proposed(world.made, held)]
        return replace(held, questions=(*held.questions, *fresh))

    return bank.publish(actor, world.entry, change)


def reject(actor: Actor, offer_id: str, key: str) -> bool:
    """Take a question out of the bank, if it is in it, and propose it no more. Raises as `accept` does.

    One that the offer no longer gives is only taken out.
    """
    world = _world(actor, offer_id)
    made = key in world.made
    if not made:
        bank.keys_known([each.key for each in bank.read(world.entry).held if each.source(offer_id)], [key])

    def change(held: Bank) -> Bank:
        kept = tuple(each for each in held.questions if each.get("key") != key)
        rejected = held.rejected if key in held.rejected or not made else (*held.rejected, key)
        return replace(held, questions=kept, rejected=rejected)

    return bank.publish(actor, world.entry, change)


def take_new(actor: Actor, offer_id: str, key: str) -> bool:
    """Put what the offer gives now in the place of an edited question. Raises as `accept` does."""
    world = _world(actor, offer_id)
    (key,) = bank.keys_known(world.made, [key])
    return bank.publish(actor, world.entry, lambda held: _with(held, key, dict(world.made[key].values)), "material")


def keep_mine(actor: Actor, offer_id: str, key: str) -> bool:
    """Keep an edited question although its fact changed: it counts as edited from what the fact says now.

    Raises as `accept` does.
    """
    world = _world(actor, offer_id)
    (key,) = bank.keys_known(world.made, [key])
    made = world.made[key]

    def change(held: Bank) -> Bank:
        there = held.get(key)
        if there is None or state_of(made, there, offer_id, rejected=False) is not State.CHANGED:
            return held
        source = provenance.source(offer_id, made.fact, made.digest)
        return _with(held, key, {**there.values, "made_from": source})

    return bank.publish(actor, world.entry, change)


def _with(held: Bank, key: str, values: Mapping[str, Any]) -> Bank:
    questions = tuple(dict(values) if each.get("key") == key else each for each in held.questions)
    return replace(held, questions=questions)


def _world(actor: Actor, offer_id: str) -> World:
    authorise(actor, Action.WRITE_LIBRARY)
    authorise(actor, Action.PUBLISH_DRAFT, DraftSubject(frozenset({actor.id})))
    return bank.world(catalogue.entry(offer_id, "offer"))


def proposed(made: Mapping[str, Suggestion], held: Bank) -> list[Suggestion]:
    """What an author has still to decide about."""
    return [
        each
        for each in made.values()
        if not each.spare and held.get(each.key) is None and each.key not in held.rejected
    ]
