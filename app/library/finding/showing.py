"""Results as pages show them: where each belongs, its title and the passage that answers, marked."""

from dataclasses import dataclass

from markupsafe import Markup, escape

from app.core import languages
from app.core.web import step_colour
from app.library import catalogue
from app.library.catalogue import Entry
from app.library.finding.belonging import NOTHING, belonging
from app.library.finding.marking import marked, marked_snippet
from app.library.search import Hit, Place
from app.library.typography import typeset_french


@dataclass(frozen=True)
class StepMark:
    """A step that a document is of use at."""

    order: int
    title: str
    colour: str


@dataclass(frozen=True)
class Shown:
    """A document in a list. `page` is its page, `address` the passage there that `snippet` is from."""

    entry: Entry
    kind: str
    title: Markup
    page: str
    steps: tuple[StepMark, ...]
    address: str = ""
    section: str = ""
    snippet: str = ""
    passages: tuple[Place, ...] = ()

    @property
    def colour(self) -> str:
        """The class that gives its colour."""
        return self.steps[0].colour if self.steps else "s1"


def found(hit: Hit) -> Shown:
    """A result of a search."""
    language, why, kind = hit.entry.language, hit.why, hit.entry.kind
    return Shown(
        entry=hit.entry,
        kind=capital(kind.label or kind.name),
        title=marked(why.title, language),
        page=hit.entry.address + (f"#{hit.part}" if hit.part else ""),
        steps=_steps(hit.entry),
        address=hit.address,
        section="" if hit.part else why.section or str(kind.anchor_titles.get(why.anchor, "")),
        snippet=marked_snippet(why.snippet, language),
        passages=tuple(hit.passages),
    )


def listed(entry: Entry) -> Shown:
    """A document in a list of what a filter lets through."""
    title = typeset_french(str(escape(entry.title))) if entry.language == "fr" else escape(entry.title)
    return Shown(
        entry=entry,
        kind=capital(entry.kind.label or entry.kind.name),
        title=Markup(title),  # noqa: S704 - escaped
        page=entry.address,
        steps=_steps(entry),
    )


def capital(words: object) -> str:
    """Words that begin with a capital letter."""
    text = str(words)
    return text[:1].upper() + text[1:]


def _steps(entry: Entry) -> tuple[StepMark, ...]:
    ids = belonging().steps.get(entry.id, NOTHING)
    steps = catalogue.current().of_kind("step", languages.readers())
    return tuple(
        StepMark(each.card.order, each.title, step_colour(each.card.order)) for each in steps if each.id in ids
    )
