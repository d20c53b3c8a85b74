"""The glossary: words and their meanings; its abbreviations are underlined wherever they stand in a text."""

import re
from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict

from app.library.kinds import Draft, FrontMatter, Kind, Passage


class Term(BaseModel):
    """A word, what it means, and other words for it."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    term: str
    definition: str
    abbreviation: bool = False
    synonyms: list[str] = []


class GlossaryFacts(FrontMatter):
    """A glossary file."""

    terms: list[Term]


class GlossaryCard(BaseModel):
    """What is known of a glossary without reading it."""

    terms: int


def _card(draft: Draft) -> GlossaryCard:
    return GlossaryCard(terms=len(draft.facts.terms))


def _passages(draft: Draft) -> list[Passage]:
    return [Passage("", each.term, f"{each.term} {each.definition}") for each in draft.facts.terms]


GLOSSARY = Kind(
    name="glossary",
    place=re.compile(r"(glossaire|glossary)\.yaml"),
    facts=GlossaryFacts,
    card_model=GlossaryCard,
    card=_card,
    passages=_passages,
    searchable=False,
)


def abbreviations(facts: GlossaryFacts) -> Mapping[str, str]:
    """The abbreviations and their synonyms, with what they stand for."""
    return {word: each.definition for each in facts.terms if each.abbreviation for word in (each.term, *each.synonyms)}
