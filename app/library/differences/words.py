"""The difference of two texts, word by word: what stayed, what was there, what is there now. Nothing is lost.

Lines are compared first, then the words inside what changed. A small word that happens to stand between two changes
belongs to them: read together they make sense, in shreds they do not.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

from app.library.differences.matching import Budget, matches

State = Literal["same", "was", "now"]
T = TypeVar("T", bound=Hashable)

# A number keeps its separators and a word its elision's apostrophe; spaces and each sign stand alone.
_TOKEN = re.compile(r"\d+(?:[.,\u00a0\u202f]\d+)*|\w+[’']?|\n|[^\S\n]+|([^\w\s])\1*")
# What stayed between two changes joins them when it has so few letters, whatever their size…
_TINY = 3
# … and when it has so few and is less than half as long as either of them.
_SMALL = 14
LINE = 1_000


@dataclass(frozen=True)
class Piece:
    """A stretch of text that stayed ("same"), was taken out ("was") or put in ("now")."""

    text: str
    state: State


@dataclass
class Run(Generic[T]):
    """What stayed, or else what was there and what is there now."""

    same: list[T] = field(default_factory=list)
    was: list[T] = field(default_factory=list)
    now: list[T] = field(default_factory=list)


def diff(old: str, new: str) -> list[Piece]:
    """The pieces in reading order. Those that stayed and those that were give `old`, stayed and now give `new`."""
    if old == new:
        return [Piece(old, "same")] if old else []
    budget = Budget()
    pieces: list[Piece] = []
    for lines in runs(_lines(old), _lines(new), budget):
        if lines.same:
            _add(pieces, "".join(lines.same), "same")
            continue
        was, now = tokens("".join(lines.was)), tokens("".join(lines.now))
        for run in readable(runs(was, now, budget), _letters):
            for words, state in ((run.same, "same"), (run.was, "was"), (run.now, "now")):
                _add(pieces, "".join(words), state)  # type: ignore[arg-type]
    return pieces


def tokens(text: str) -> list[str]:
    """A text cut into words, numbers, signs and spaces; joined they give it back."""
    return [found[0] for found in _TOKEN.finditer(text)]


def has_changes(pieces: Iterable[Piece]) -> bool:
    """Whether anything but what stayed is among them."""
    return any(piece.state != "same" for piece in pieces)


def runs(old: Sequence[T], new: Sequence[T], budget: Budget | None = None) -> list[Run[T]]:
    """Changes, and what stays between them, by turns."""
    found: list[Run[T]] = []
    i = j = 0
    for at_old, at_new, size in [*matches(old, new, budget), (len(old), len(new), 0)]:
        if i < at_old or j < at_new:
            found.append(Run(was=list(old[i:at_old]), now=list(new[j:at_new])))
        if size:
            found.append(Run(same=list(old[at_old : at_old + size])))
        i, j = at_old + size, at_new + size
    return found


def readable(found: Iterable[Run[T]], letters: Callable[[T], int]) -> list[Run[T]]:
    """Changes that only small words part become one. `letters` weighs a token; what ends a line weighs LINE."""
    kept: list[Run[T]] = []
    weights: list[tuple[int, int]] = []
    for run in found:
        kept.append(run)
        weights.append((sum(map(letters, run.same)), max(sum(map(letters, run.was)), sum(map(letters, run.now)))))
        while len(kept) >= 3 and not kept[-1].same and _shreds(*weights[-3:]):
            before, between, after = kept[-3:]
            before.was += between.same + after.was
            before.now += between.same + after.now
            weights[-3:] = [(0, sum(sum(each) for each in weights[-3:]))]
            del kept[-2:]
    return kept


def _shreds(before: tuple[int, int], between: tuple[int, int], after: tuple[int, int]) -> bool:
    """Whether what stayed between two changes would only cut them in pieces."""
    same = between[0]
    return same <= _TINY or (same <= _SMALL and 2 * same < min(before[1], after[1]))


def _letters(word: str) -> int:
    return LINE if word == "\n" else sum(map(str.isalnum, word))


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    return [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def _add(pieces: list[Piece], text: str, state: State) -> None:
    if text and pieces and pieces[-1].state == state:
        pieces[-1] = Piece(pieces[-1].text + text, state)
    elif text:
        pieces.append(Piece(text, state))
