"""How long something takes, in turns of a fixed piece of work that is measured beside it.

A fast machine and a busy one give about the same number, where seconds would not.
"""

from collections.abc import Callable
from statistics import median
from time import process_time


def turns(act: Callable[[], object], runs: int = 1) -> float:
    """The median of some runs of `act` over the median of the turns around them, both in the process's own time."""
    taken, turn = [], [_seconds(_turn)]
    for _ in range(runs):
        taken.append(_seconds(act))
        turn += [_seconds(_turn), _seconds(_turn)]
    return median(taken) / median(turn)


def _turn() -> int:
    """About a fiftieth of a second, in 2026."""
    return sum(map(int, map(str, range(100_000))))


def _seconds(act: Callable[[], object]) -> float:
    began = process_time()
    act()
    return process_time() - began
