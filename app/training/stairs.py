"""The geometry of the staircase: one stair a step, however many there are, in a wide view box and in a phone's."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tread:
    """A step as the staircase shows it."""

    order: int
    title: str
    short_title: str
    percent: int


@dataclass(frozen=True)
class Stair:
    """One stair in units of the view box: the ghost is the step, the fill its mastery, standing on the same ground."""

    tread: Tread
    label: str
    x: float
    width: float
    top: float
    height: float
    fill_top: float
    fill_height: float
    middle: float


@dataclass(frozen=True)
class Drawing:
    """A staircase ready to print as SVG attributes."""

    width: int
    height: int
    ground: int
    stairs: tuple[Stair, ...]


WIDE = (720, 214, 182, 64, 148)
NARROW = (340, 196, 170, 44, 136)
NARROWEST_FOR_WORDS = 76  # a short title of twelve letters at 11.5 px


def wide(treads: list[Tread]) -> Drawing:
    """For a screen: the short titles stand under the stairs while there is room."""
    return _draw(treads, *WIDE)


def narrow(treads: list[Tread]) -> Drawing:
    """For a phone: the same heights in half the width, the numbers alone under the stairs."""
    return _draw(treads, *NARROW)


def _draw(treads: list[Tread], width: int, height: int, ground: int, lowest: int, highest: int) -> Drawing:
    count = max(1, len(treads))
    gap = min(8.0, width / count / 10)
    each = (width - gap * (count - 1)) / count
    rise = (highest - lowest) / (count - 1) if count > 1 else 0
    stairs = []
    for index, tread in enumerate(treads):
        tall, x = lowest + index * rise, index * (each + gap)
        filled = tall * tread.percent / 100
        words = f"{tread.order}. {tread.short_title}" if each >= NARROWEST_FOR_WORDS else str(tread.order)
        figures = (x, each, ground - tall, tall, ground - filled, filled, x + each / 2)
        stairs.append(Stair(tread, words, *(round(figure, 1) for figure in figures)))
    return Drawing(width, height, ground, tuple(stairs))
