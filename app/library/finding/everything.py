"""Searching everything a person may read, narrowed by kind, by step and by offer; each with how many it would show."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlencode

from app.accounts.actor import Actor
from app.accounts.authorisation import Action, authorise
from app.core.errors import NotFound
from app.core.web import step_colour
from app.library import analysis, catalogue, memory, search
from app.library.catalogue import Entry
from app.library.finding.belonging import Belonging, belonging
from app.library.finding.matching import SURVEYED
from app.library.kinds import all_kinds
from app.library.search import Hit, Results

LONGEST = 200
SHOWN = 20
BROWSED = 100
ADDRESS = "/search"


@dataclass(frozen=True)
class Wanted:
    """What is looked for, as the address keeps it; each may be empty."""

    typed: str = ""
    kind: str = ""
    step: str = ""
    offer: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether a filter is set."""
        return bool(self.kind or self.step or self.offer)

    @property
    def asks(self) -> bool:
        """Whether words were typed."""
        return bool(self.typed.strip())

    def address(self, **changes: str) -> str:
        """The page for this, with something changed."""
        wanted = replace(self, **changes)
        given = {"q": wanted.typed, "kind": wanted.kind, "step": wanted.step, "offer": wanted.offer}
        query = urlencode({name: value for name, value in given.items() if value})
        return ADDRESS + (f"?{query}" if query else "")


@dataclass(frozen=True)
class Choice:
    """A filter: its address, and how many it would show beside what else is chosen or typed.

    `order` and `colour` are a step’s.
    """

    id: str
    title: str
    address: str
    count: int
    chosen: bool
    order: int = 0
    colour: str = ""


@dataclass(frozen=True)
class Looked:
    """What the page shows. `total`: how many answer, `many` when it stopped counting; `elsewhere`: hidden by filters.

    `browsed` are documents listed because a filter was set and nothing typed.
    """

    wanted: Wanted
    hits: list[Hit]
    browsed: list[Entry]
    total: int
    many: bool
    elsewhere: int
    nearest: bool
    mended: str | None
    facets: dict[str, list[Choice]]
    documents: int

    @cached_property
    def in_vain(self) -> bool:
        """Whether words were typed that nothing in the library answers, mended or near."""
        return self.wanted.asks and not self.hits and not self.elsewhere

    @property
    def without_answer(self) -> bool:
        """The same, or only the nearest: an author should know."""
        return self.in_vain or (self.nearest and self.wanted.asks)


def look(actor: Actor, wanted: Wanted, *, language: str) -> Looked:
    """What a person finds. Raises NotFound for a kind, a step or an offer that does not exist."""
    authorise(actor, Action.READ_LIBRARY)
    wanted = replace(wanted, typed=wanted.typed[:LONGEST])
    _check(wanted, language)
    if not analysis.parse_query(wanted.typed, language).words:
        return _browse(wanted, language)
    kind_of = _kinds(language)
    results = search.survey(wanted.typed, language=language, keep=_keep(wanted, language))
    matched = [each.document_id for each in results.matched if each.document_id in kind_of]
    return _looked(wanted, results, [], matched, language)


def find(
    words: str, *, language: str, kind: str | None = None, step: str | None = None, offer: str | None = None
) -> Results:
    """The same for a command: no person, no page. Raises NotFound."""
    wanted = Wanted(words[:LONGEST], kind or "", step or "", offer or "")
    _check(wanted, language)
    return search.survey(wanted.typed, language=language, keep=_keep(wanted, language))


def _browse(wanted: Wanted, language: str) -> Looked:
    """Nothing typed: how much there is, and with a filter the documents themselves."""
    kind_of, belongs = _kinds(language), belonging()
    found = [each for each in kind_of if wanted.narrowed and _passes(each, wanted, kind_of, belongs)]
    entries = [entry for each in found if (entry := catalogue.current().find(each, language))]
    ranks = {name: rank for rank, name in enumerate(_searchable())}
    entries.sort(key=lambda entry: (ranks[entry.kind.name], getattr(entry.card, "order", 0), entry.title.casefold()))
    looked = _looked(wanted, Results(), entries[:BROWSED], list(kind_of), language)
    return replace(looked, total=len(entries), many=False, elsewhere=0)


def _looked(wanted: Wanted, results: Results, browsed: list[Entry], matched: list[str], language: str) -> Looked:
    kind_of, belongs = _kinds(language), belonging()
    passing = [each for each in matched if _passes(each, wanted, kind_of, belongs)] if wanted.narrowed else matched
    return Looked(
        wanted=wanted,
        hits=results.hits[:SHOWN],
        browsed=browsed,
        total=len(passing),
        many=len(matched) >= SURVEYED,
        elsewhere=len(matched) - len(passing),
        nearest=results.nearest,
        mended=results.mended,
        facets=_facets(wanted, matched, kind_of, belongs, language),
        documents=len(kind_of),
    )


def _keep(wanted: Wanted, language: str) -> search.Keep | None:
    """What the filters let through; None when none is set."""
    if not wanted.narrowed:
        return None
    kind_of, belongs = _kinds(language), belonging()
    return lambda match: _passes(match.document_id, wanted, kind_of, belongs)


def _passes(document_id: str, wanted: Wanted, kind_of: dict[str, str], belongs: Belonging) -> bool:
    kind = kind_of.get(document_id)
    if kind is None or (wanted.kind and kind != wanted.kind):
        return False
    return belongs.has(document_id, step=wanted.step, offer=wanted.offer)


def _kinds(language: str) -> dict[str, str]:
    """The kind of every document that search finds."""

    def make() -> dict[str, str]:
        of_kind = catalogue.current().of_kind
        return {entry.id: name for name in _searchable() for entry in of_kind(name, language)}

    return memory.shared(("kinds", language), make)


def _searchable() -> list[str]:
    return [name for name, kind in all_kinds().by_name.items() if kind.searchable]


def _check(wanted: Wanted, language: str) -> None:
    if wanted.kind and wanted.kind not in _searchable():
        raise NotFound(kind=wanted.kind)
    for kind, document_id in (("step", wanted.step), ("offer", wanted.offer)):
        if document_id and catalogue.current().find(document_id, language, kind) is None:
            raise NotFound(document=document_id)


def _facets(
    wanted: Wanted, matched: list[str], kind_of: dict[str, str], belongs: Belonging, language: str
) -> dict[str, list[Choice]]:
    """Each filter, by its name in the address, with how many it would show beside the others that are set."""

    def counts(name: str, of: Callable[[str], Iterable[str]]) -> dict[str, int]:
        others = replace(wanted, **{name: ""})
        if not others.narrowed:
            return _tally(matched, of)
        return _tally((each for each in matched if _passes(each, others, kind_of, belongs)), of)

    kinds = all_kinds().by_name
    steps = catalogue.current().of_kind("step", language)
    offers = catalogue.current().of_kind("offer", language)
    by_step = counts("step", lambda each: belongs.steps.get(each, ()))
    return {
        "kind": _choices(
            wanted,
            "kind",
            ((name, kinds[name].plural or name) for name in _searchable()),
            counts("kind", lambda each: (kind_of[each],)),
        ),
        "step": [
            replace(choice, order=step.card.order, colour=step_colour(step.card.order))
            for step in steps
            for choice in _choices(wanted, "step", ((step.id, step.card.short_title),), by_step)
        ],
        "offer": _choices(
            wanted,
            "offer",
            ((offer.id, offer.title) for offer in offers),
            counts("offer", lambda each: belongs.offers.get(each, ())),
        ),
    }


def _tally(ids: Iterable[str], of: Callable[[str], Iterable[str]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for each in ids:
        for name in of(each):
            counts[name] = counts.get(name, 0) + 1
    return counts


def _choices(wanted: Wanted, name: str, titles: Iterable[tuple[str, object]], counts: dict[str, int]) -> list[Choice]:
    chosen = getattr(wanted, name)
    return [
        Choice(
            id=each,
            title=_capital(str(title)),
            address=wanted.address(**{name: "" if each == chosen else each}),
            count=counts.get(each, 0),
            chosen=each == chosen,
        )
        for each, title in titles
    ]


def _capital(title: str) -> str:
    return title[:1].upper() + title[1:]
