"""The glossary: words and their meanings; its abbreviations are underlined wherever they stand in a text."""

import re
from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from pydantic import BaseModel, ConfigDict

from app.core.folding import fold
from app.library.kinds import Article, Draft, FrontMatter, Kind, Words
from app.library.yaml_scalars import written


class Term(BaseModel):
    """A word, what it means, and other words for it."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    term: Words
    definition: Words
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


def anchor_of(term: str) -> str:
    """Where a word stands on the glossary's page.

    >>> anchor_of("Taux de marque (HT)")
    'taux-de-marque-ht'
    """
    return re.sub(r"[^a-z0-9]+", "-", fold(term)).strip("-") or "word"


def free_anchor(anchor: str, taken: set[str]) -> str:
    """An anchor that no other word has: the first keeps its own."""
    number = 1
    free = anchor
    while free in taken:
        number += 1
        free = f"{anchor}-{number}"
    taken.add(free)
    return free


def _articles(draft: Draft) -> list[Article]:
    """Each term, at the place the glossary's page gives it."""
    taken: set[str] = set()
    found = []
    for each in draft.facts.terms:
        anchor = free_anchor(anchor_of(each.term), taken)
        for synonym in each.synonyms:
            free_anchor(anchor_of(synonym), taken)
        found.append(Article(anchor, (each.term, *each.synonyms), each.definition))
    return found


def _skeleton(document_id: str, title: str, _language: str) -> str:
    """A glossary with one term to write."""
    return f'id: {document_id}\ntitle: {written(title)}\nterms:\n  - term: ""\n    definition: ""\n'


def _new_path(_document_id: str, language: str, _folder: str) -> str:
    return f"content/{language}/{'glossaire' if language == 'fr' else 'glossary'}.yaml"


GLOSSARY = Kind(
    name="glossary",
    place=re.compile(r"(glossaire|glossary)\.yaml"),
    facts=GlossaryFacts,
    card_model=GlossaryCard,
    card=_card,
    address="/glossary",
    articles=_articles,
    label=_l("glossary"),
    plural=_l("glossaries"),
    icon="book-2",
    skeleton=_skeleton,
    new_path=_new_path,
)


def abbreviations(facts: GlossaryFacts) -> Mapping[str, str]:
    """The abbreviations and their synonyms, with what they stand for."""
    return {word: each.definition for each in facts.terms if each.abbreviation for word in (each.term, *each.synonyms)}
