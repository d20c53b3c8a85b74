"""What objection scripts and their categories hold: the kinds this room brings to the library."""

import re
from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from app.library.kinds import Block, Draft, Finding, FrontMatter, Kind, Reference

MOVEMENTS = ("probe", "rephrase", "answer", "check")
BRANCHES, AVOID = "branches", "avoid"

Sincerity = Literal["founded", "unfounded", "insincere"]


class ScriptFacts(FrontMatter):
    """A script's front matter; `title` is the client's words."""

    variants: list[str] = Field(default=[])
    category: str
    steps: list[str] = Field(min_length=1)
    sincerity: Sincerity
    personas: list[str] = Field(default=[])
    offers: list[str] = Field(default=[])


class ScriptCard(BaseModel):
    """What lists show of a script; `opening` is the first line to say."""

    category: str
    steps: list[str]
    sincerity: Sincerity
    variants: list[str]
    opening: str
    offers: list[str] = Field(default=[])


class Category(BaseModel):
    """A category of objections; its `id` is the same in every language."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    id: str
    title: str


class CategoriesFacts(FrontMatter):
    """The list of categories, in the order they are shown."""

    categories: list[Category] = Field(min_length=1)


class CategoriesCard(BaseModel):
    """The same list: it is short, and every list of scripts needs it."""

    categories: list[Category]


def _spoken(block: Block) -> list[str]:
    from app.library.markup import plain_text

    quotations = re.findall(r"<blockquote>(.*?)</blockquote>", block.html, flags=re.S)
    return [plain_text(line) for quotation in quotations for line in re.findall(r"<p>(.*?)</p>", quotation, flags=re.S)]


def _card(draft: Draft) -> ScriptCard:
    facts: ScriptFacts = draft.facts
    opening = next((line for block in draft.blocks for line in _spoken(block)), "")
    return ScriptCard(
        category=facts.category,
        steps=facts.steps,
        sincerity=facts.sincerity,
        variants=facts.variants,
        opening=opening,
        offers=facts.offers,
    )


def _references(facts: ScriptFacts) -> Iterable[Reference]:
    for index, step in enumerate(facts.steps):
        yield Reference(f"step:{step}", ("steps", index))
    for index, offer in enumerate(facts.offers):
        yield Reference(f"offer:{offer}", ("offers", index))


def _check(draft: Draft) -> Iterable[Finding]:
    for block in draft.blocks:
        if block.name in MOVEMENTS and not _spoken(block):
            yield Finding(f"nothing to say in “{block.heading}”", "a quotation (> « … ») with the words to say", line=1)
        if block.name == BRANCHES and _items(block) != block.html.count('<a href="/scripts/'):
            yield Finding("a branch that leads to no script", "a link such as [« … »](script:id) in each line", line=1)


def _items(block: Block) -> int:
    return block.html.count("<li>")


def _headline(draft: Draft) -> list[str]:
    return [draft.facts.title, *draft.facts.variants]


SCRIPT = Kind(
    name="script",
    place=re.compile(r"objections/[^/]+\.md"),
    facts=ScriptFacts,
    card_model=ScriptCard,
    card=_card,
    address="/scripts/{id}",
    required_blocks=MOVEMENTS,
    optional_blocks=(BRANCHES, AVOID),
    references=_references,
    check=_check,
    headline=_headline,
)
CATEGORIES = Kind(
    name="categories",
    place=re.compile(r"objections/categories\.yaml"),
    facts=CategoriesFacts,
    card_model=CategoriesCard,
    card=lambda draft: CategoriesCard(categories=draft.facts.categories),
    searchable=False,
)
