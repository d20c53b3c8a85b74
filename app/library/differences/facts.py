"""The difference of what is structured in two revisions (titles, prices, questions), one line a change, in words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from app.library.differences import labels
from app.library.differences.alignment import Likeness, align
from app.library.differences.words import Piece, diff

Name = Callable[[str, str], str | None]

# By what a row is told from the others, and by what it is named on screen: the first of these that it has.
_TOLD_BY = ("key", "id", "name", "item", "term", "limit", "title", "text")
_NAMED_BY = ("title", "name", "item", "term", "limit", "text", "key", "id")
_SHORT = 60  # a value so short is replaced as a whole; in a longer one the words are compared
_UNSAID = frozenset(("id", "key"))


@dataclass(frozen=True)
class FactChange:
    """One change: where (`label`, from the outside in) and its pieces."""

    label: tuple[str, ...]
    pieces: tuple[Piece, ...]

    @property
    def is_replaced(self) -> bool:
        """Whether one value took another's place: shown as “390.00 → 410.00”."""
        return [piece.state for piece in self.pieces] == ["was", "now"]


def facts_diff(old: Mapping[str, Any], new: Mapping[str, Any], name: Name = lambda _key, _id: None) -> list[FactChange]:
    """What changed in two front matters, as JSON keeps them. `name(key, id)` says what an id of that key is called."""
    return list(_Facts(name).mapping((), old, new))


@dataclass(frozen=True)
class _Facts:
    name: Name

    def mapping(self, label: tuple[str, ...], old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterable[FactChange]:
        for key in [*new, *(key for key in old if key not in new)]:
            if key not in _UNSAID:
                yield from self.value((*label, labels.field(key)), key, old.get(key), new.get(key))

    def value(self, label: tuple[str, ...], key: str, old: Any, new: Any) -> Iterable[FactChange]:
        if old == new:
            return
        if isinstance(old, list) or isinstance(new, list):
            was, now = (each if isinstance(each, list) else [] for each in (old, new))
            if all(isinstance(each, Mapping) for each in [*was, *now]):
                yield from self.rows(label, was, now)
            else:
                yield from self.items(
                    label, [self.said(key, each) for each in was], [self.said(key, each) for each in now]
                )
        elif isinstance(old, Mapping) and isinstance(new, Mapping):
            yield from self.mapping(label, old, new)
        else:
            yield from _words(label, self.said(key, old), self.said(key, new))

    def said(self, key: str, value: Any) -> str:
        if isinstance(value, Mapping):
            return self.row(value)
        if isinstance(value, list):
            return ", ".join(self.said(key, each) for each in value)
        return (isinstance(value, str) and self.name(key, value)) or labels.value(key, value)

    def row(self, row: Mapping[str, Any]) -> str:
        """A whole row in words, for one that came or went."""
        parts = ((labels.field(key), self.said(key, value)) for key, value in row.items() if key not in _UNSAID)
        return "; ".join(_("%(name)s: %(value)s", name=name, value=said) for name, said in parts if said)

    def items(self, label: tuple[str, ...], old: list[str], new: list[str]) -> Iterable[FactChange]:
        """A list of texts: each that changed is a line."""
        pairs = align(old, new, Likeness(key=str, words=str.split, may_pair=_any, must_pair=_any))
        for was, now in pairs:
            yield from _words(label, was or "", now or "")

    def rows(self, label: tuple[str, ...], old: list[Any], new: list[Any]) -> Iterable[FactChange]:
        """Rows that are told apart by a name of theirs; those without a partner go by what they have in common."""
        told_by = next((key for key in _TOLD_BY if _tells_apart(key, old) and _tells_apart(key, new)), None)
        known = {row[told_by]: row for row in old} if told_by else {}
        pairs = [(known.pop(row[told_by], None) if told_by else None, row) for row in new]
        left = [row for row in old if not told_by or row[told_by] in known]
        alone = [row for was, row in pairs if was is None]
        partners = align(left, alone, Likeness(key=repr, words=lambda row: self.row(row).split(), may_pair=_any))
        partner_of = {id(now): was for was, now in partners if now is not None}
        for was, now in pairs:
            yield from self.both(label, partner_of.get(id(now)) if was is None else was, now)
        for was, now in partners:
            if now is None:
                yield from self.both(label, was, None)
        kept = [row[told_by] for row in old if told_by and row[told_by] not in known]
        if told_by and kept != [row[told_by] for was, row in pairs if was is not None]:
            yield FactChange((*label, str(labels.NEW_ORDER)), tuple(self.order(old, new)))

    def both(self, label: tuple[str, ...], was: Any, now: Any) -> Iterable[FactChange]:
        if was is not None and now is not None:
            yield from self.mapping((*label, _named(now)), was, now)
        else:
            named = _named(now if was is None else was)
            yield from _words((*label, named), self.row(was or {}), self.row(now or {}))

    def order(self, old: list[Any], new: list[Any]) -> Iterable[Piece]:
        was, now = (", ".join(map(_named, rows)) for rows in (old, new))
        yield Piece(was, "was")
        yield Piece(now, "now")


def _words(label: tuple[str, ...], old: str, new: str) -> Iterable[FactChange]:
    if old == new:
        return
    if max(len(old), len(new)) > _SHORT and old and new:
        yield FactChange(label, tuple(diff(old, new)))
    else:
        pieces = (Piece(old, "was"), Piece(new, "now"))
        yield FactChange(label, tuple(piece for piece in pieces if piece.text))


def _any(_old: object, _new: object) -> bool:
    return True


def _tells_apart(key: str, rows: list[Any]) -> bool:
    values = [row.get(key) for row in rows]
    return all(isinstance(each, str) for each in values) and len(set(values)) == len(values)


def _named(row: Mapping[str, Any]) -> str:
    name = next((str(row[key]) for key in _NAMED_BY if row.get(key)), "")
    return name if len(name) <= _SHORT else name[: _SHORT - 1].rstrip() + "…"
