"""Finding the words: what somebody types while a client waits, narrowed by category and by step."""

from dataclasses import dataclass, replace
from typing import NamedTuple
from urllib.parse import urlencode

from markupsafe import Markup

from app.accounts.actor import Actor
from app.accounts.authorisation import Action, authorise
from app.core import languages
from app.core.errors import NotFound
from app.library import search as library
from app.library.finding.everything import Choice
from app.library.search import Hit, Results
from app.playbook.staircase import staircase
from app.scripts import shelf
from app.scripts.marking import marked_snippet, marked_words
from app.scripts.shelf import Script

LONGEST = 200
SHOWN = 10
BROWSED = 100


@dataclass(frozen=True)
class Wanted:
    """What is looked for, as the address keeps it; all three may be empty."""

    typed: str = ""
    category: str = ""
    step: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether a filter is set."""
        return bool(self.category or self.step)

    def address(self, **changes: str) -> str:
        """The page for this, with something changed."""
        wanted = replace(self, **changes)
        given = {"q": wanted.typed, "category": wanted.category, "step": wanted.step}
        query = urlencode({name: value for name, value in given.items() if value})
        return "/scripts" + (f"?{query}" if query else "")


@dataclass(frozen=True)
class Found:
    """A script in a list: the client's words and, when something was typed, the place that answers."""

    script: Script
    words: Markup | str
    section: str = ""
    snippet: Markup | str = ""
    address: str = ""


class _Answer(NamedTuple):
    script: Script
    hit: Hit | None = None


@dataclass(frozen=True)
class Finding:
    """A page of scripts. `elsewhere`: how many the filters hide. `nearest`: none has every word typed."""

    wanted: Wanted
    shown: list[Found]
    total: int
    nearest: bool
    elsewhere: int
    categories: list[Choice]
    steps: list[Choice]


def search(actor: Actor, typed: str, *, language: str) -> Results:
    """The scripts that answer what was typed, best first, for a reader of `language` who may read them."""
    authorise(actor, Action.READ_LIBRARY)
    return library.search(typed[:LONGEST], language=language, kind="script")


def browse(actor: Actor, typed: str = "", category: str = "", step: str = "") -> Finding:
    """What the page of scripts shows. Raises NotFound for a category or step that does not exist."""
    authorise(actor, Action.READ_LIBRARY)
    wanted = Wanted(typed[:LONGEST], category, step)
    _check(wanted)
    found, nearest = _answers(actor, wanted)
    kept = [each for each in found if _in(each, category=category, step=step)]
    return Finding(
        wanted=wanted,
        shown=[_shown(each) for each in kept[: SHOWN if wanted.typed.strip() else BROWSED]],
        total=len(kept),
        nearest=nearest,
        elsewhere=len(found) - len(kept),
        categories=_categories(wanted, [each for each in found if _in(each, step=step)]),
        steps=_steps(wanted, [each for each in found if _in(each, category=category)]),
    )


def _check(wanted: Wanted) -> None:
    if wanted.category and wanted.category not in {category.id for category in shelf.categories()}:
        raise NotFound(category=wanted.category)
    if wanted.step:
        staircase().stair(wanted.step)


def _answers(actor: Actor, wanted: Wanted) -> tuple[list[_Answer], bool]:
    scripts = shelf.scripts()
    if not wanted.typed.strip():
        return [_Answer(script) for script in scripts.values()], False
    results = search(actor, wanted.typed, language=languages.readers())
    return [_Answer(scripts[hit.entry.id], hit) for hit in results.hits], results.nearest


def _shown(answer: _Answer) -> Found:
    """What the list shows; a hit without an anchor is in the client's words themselves, and needs no snippet."""
    script, hit = answer
    if hit is None:
        return Found(script, script.words)
    language = script.entry.language
    words = marked_words(hit.why.title, language)
    if not hit.why.anchor:
        return Found(script, words)
    return Found(script, words, hit.why.section, marked_snippet(hit.why.snippet, language), hit.address)


def _in(answer: _Answer, *, category: str = "", step: str = "") -> bool:
    card = answer.script.entry.card
    return (not category or card.category == category) and (not step or step in card.steps)


def _categories(wanted: Wanted, beside: list[_Answer]) -> list[Choice]:
    return [
        Choice(
            id=category.id,
            title=category.title,
            address=wanted.address(category="" if wanted.category == category.id else category.id),
            count=sum(_in(each, category=category.id) for each in beside),
            chosen=wanted.category == category.id,
        )
        for category in shelf.categories()
    ]


def _steps(wanted: Wanted, beside: list[_Answer]) -> list[Choice]:
    return [
        Choice(
            id=stair.id,
            title=stair.step.card.short_title,
            address=wanted.address(step="" if wanted.step == stair.id else stair.id),
            count=sum(_in(each, step=stair.id) for each in beside),
            chosen=wanted.step == stair.id,
            order=stair.order,
            colour=stair.colour,
        )
        for stair in staircase().stairs
    ]
