"""Folding away what did not change in a source text, but for the lines beside a change."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.library.differences.words import Piece

BESIDE = 3
SHORTEST_FOLD = 4


@dataclass(frozen=True)
class Stretch:
    """A part of a compared text; `folded` when it is long, unchanged, and shown when asked. `lines` counts them."""

    pieces: tuple[Piece, ...]
    folded: bool
    lines: int = 0


def fold(pieces: Sequence[Piece]) -> list[Stretch]:
    """The same pieces in stretches; joined they are what they were."""
    stretches: list[Stretch] = []
    shown: list[Piece] = []
    for number, piece in enumerate(pieces):
        before, within, after = _cut(piece, is_first=number == 0, is_last=number == len(pieces) - 1)
        if not within:
            shown.append(piece)
            continue
        shown += _some(before)
        if shown:
            stretches.append(Stretch(tuple(shown), False))
        stretches.append(Stretch((Piece(within, "same"),), True, within.count("\n")))
        shown = list(_some(after))
    return [*stretches, Stretch(tuple(shown), False)] if shown else stretches


def _cut(piece: Piece, *, is_first: bool, is_last: bool) -> tuple[str, str, str]:
    """The lines kept before, those to fold (none in a short piece), and those kept after."""
    lines = piece.text.splitlines(keepends=True) if piece.state == "same" else []
    # The line a change stands on is only in part this piece's.
    start = 0 if is_first else BESIDE + 1
    end = len(lines) if is_last else max(start, len(lines) - BESIDE - (0 if piece.text.endswith("\n") else 1))
    if end - start < SHORTEST_FOLD:
        return piece.text, "", ""
    return "".join(lines[:start]), "".join(lines[start:end]), "".join(lines[end:])


def _some(text: str) -> Iterable[Piece]:
    return [Piece(text, "same")] if text else []
