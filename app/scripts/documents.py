"""What objection scripts and their categories hold: the kinds this room brings to the library."""

import re
from collections.abc import Iterable
from typing import Literal

from flask_babel import lazy_gettext as _l
from pydantic import BaseModel, ConfigDict, Field

from app.library.kinds import ID, Block, Draft, Finding, FrontMatter, Kind, Reference, Words
from app.scripts import skeletons

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

    id: str = Field(pattern=ID, max_length=120)
    title: Words


class CategoriesFacts(FrontMatter):
    """The list of categories, in the order they are shown."""

    categories: list[Category] = Field(min_length=1)


class CategoriesCard(BaseModel):
    """The same list: it is short, and every list of scripts needs it."""

    categories: list[Category]


_QUOTATION = re.compile(r"<blockquote[^>]*>(.*?)</blockquote>", flags=re.S)
_PARAGRAPH = re.compile(r"<p[^>]*>(.*?)</p>", flags=re.S)
_LIST = re.compile(r"<(ul|ol)[^>]*>\s*(?P<items>.*?)\s*</\1>", flags=re.S)
_ITEM = re.compile(r"<li[^>]*>(.*?)</li>", flags=re.S)


def _spoken(block: Block) -> list[str]:
    """The lines to say: the paragraphs of the block's quotations, or a quotation's words where it has none."""
    from app.library.markup import plain_text

    quotations = _QUOTATION.findall(block.html)
    lines = (plain_text(line) for each in quotations for line in (_PARAGRAPH.findall(each) or [each]))
    return [line for line in lines if any(map(str.isalnum, line))]


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
    yield Reference(f"categories:*#{facts.category}", ("category",))
    for index, step in enumerate(facts.steps):
        yield Reference(f"step:{step}", ("steps", index))
    for index, offer in enumerate(facts.offers):
        yield Reference(f"offer:{offer}", ("offers", index))


def _check(draft: Draft) -> Iterable[Finding]:
    for block in draft.blocks:
        if block.name in MOVEMENTS and not _spoken(block):
            what = f"nothing to say in “{block.heading}”"
            yield Finding(what, "a quotation (> « … ») with the words to say", block=block.name)
        if block.name in (BRANCHES, AVOID) and _LIST.fullmatch(block.html) is None:
            yield Finding(f"“{block.heading}” is no list", "one list, each line beginning with “- ”", block=block.name)
        elif block.name == BRANCHES:
            for item in _ITEM.findall(block.html):
                if '<a href="/scripts/' not in item:
                    what = "a branch that leads to no script"
                    yield Finding(what, "a link such as [« … »](script:id) in each line", block=block.name)


def _categories_check(draft: Draft) -> Iterable[Finding]:
    seen: set[str] = set()
    for index, category in enumerate(draft.facts.categories):
        if category.id in seen:
            yield Finding(f"the category “{category.id}” stands twice", "each once", ("categories", index, "id"))
        seen.add(category.id)


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
    steps_of=lambda card: card.steps,
    label=_l("script"),
    plural=_l("scripts"),
    icon="message",
    skeleton=skeletons.script,
    new_path=skeletons.script_path,
)
CATEGORIES = Kind(
    name="categories",
    place=re.compile(r"objections/categories\.yaml"),
    facts=CategoriesFacts,
    card_model=CategoriesCard,
    card=lambda draft: CategoriesCard(categories=draft.facts.categories),
    parts=lambda card: [category.id for category in card.categories],
    check=_categories_check,
    searchable=False,
    label=_l("categories of objections"),
    plural=_l("categories of objections"),
    icon="list-check",
    skeleton=skeletons.categories,
    new_path=skeletons.categories_path,
)
