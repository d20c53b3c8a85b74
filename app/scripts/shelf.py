"""The scripts as lists show them: typeset, with their category and their steps; made once a generation."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.library import catalogue, memory
from app.library.catalogue import Entry
from app.playbook.staircase import Stair, staircase
from app.playbook.typography import quoted, typeset
from app.scripts.documents import Category


@dataclass(frozen=True)
class Script:
    """A script in a list; `category` is None when it left the list of them. `words` are the client's, quoted."""

    entry: Entry
    title: str
    words: str
    opening: str
    category: Category | None
    stairs: tuple[Stair, ...]

    @property
    def colour(self) -> str:
        """The class that gives its colour."""
        return self.stairs[0].colour if self.stairs else "s1"


def categories() -> list[Category]:
    """The categories of objections, in the order their author gave them."""
    return [category for entry in catalogue.entries("categories") for category in entry.card.categories]


def scripts() -> Mapping[str, Script]:
    """Every script by its id: by category, then by the client's words."""
    return memory.kept("scripts", _build)


def of_step(step_id: str) -> list[Script]:
    """The objections one hears at a step."""
    by_step = memory.kept(
        "scripts by step",
        lambda: {
            stair.id: [each for each in scripts().values() if stair in each.stairs] for stair in staircase().stairs
        },
    )
    return by_step.get(step_id, [])


def about_offer(offer_id: str) -> list[Script]:
    """The objections that are about an offer."""
    return [each for each in scripts().values() if offer_id in each.entry.card.offers]


def script_of(entry: Entry, category: Category | None) -> Script:
    """An entry as lists and its page show it."""
    return Script(
        entry=entry,
        title=typeset(entry.title, entry.language),
        words=quoted(entry.title, entry.language),
        opening=typeset(entry.card.opening, entry.language),
        category=category,
        stairs=tuple(stair for stair in staircase().stairs if stair.id in entry.card.steps),
    )


def _build() -> dict[str, Script]:
    ranks = {category.id: (rank, category) for rank, category in enumerate(categories())}
    found = []
    for entry in catalogue.entries("script"):
        rank, category = ranks.get(entry.card.category, (len(ranks), None))
        found.append((rank, script_of(entry, category)))
    # The catalogue's order within a category: by the client's words.
    found.sort(key=lambda ranked: ranked[0])
    return {script.entry.id: script for _, script in found}
