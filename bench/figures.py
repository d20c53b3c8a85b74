"""A figure of the bench, and the table of them."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

RESULTS = Path(__file__).with_name("results.json")


@dataclass(frozen=True)
class Figure:
    """One measurement. `ratio` is value to baseline where there is one; `met` says whether `goal` holds."""

    name: str
    value: float
    unit: str
    baseline: float | None
    ratio: float | None
    goal: str
    met: bool


def at_least(name: str, value: float, unit: str, baseline: float, least: float) -> Figure:
    """A figure that must be at least so many times its baseline."""
    ratio = value / baseline
    return Figure(name, value, unit, baseline, ratio, f"ratio ≥ {least}", ratio >= least)


def for_orientation(name: str, value: float, unit: str, baseline: float) -> Figure:
    """A comparison that no goal is set for."""
    return Figure(name, value, unit, baseline, value / baseline, "none", True)


def at_most_times(name: str, value: float, unit: str, baseline: float, most: float) -> Figure:
    """A figure that must be at most so many times its baseline."""
    ratio = value / baseline
    return Figure(name, value, unit, baseline, ratio, f"ratio ≤ {most}", ratio <= most)


def at_most(name: str, value: float, unit: str, most: float) -> Figure:
    """A figure with a bound of its own."""
    return Figure(name, value, unit, None, None, f"≤ {most:g} {unit}", value <= most)


def percentile(values: list[float], share: float) -> float:
    """The value below which this share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def middle(values: list[float]) -> float:
    """The median."""
    return median(values)


def write(figures: list[Figure]) -> None:
    """Write bench/results.json and print the table."""
    RESULTS.write_text(json.dumps([asdict(each) for each in figures], indent=1) + "\n")
    print(f"\n{'name':26}{'value':>12} {'unit':10}{'baseline':>12}{'ratio':>8}  {'goal':16}met")
    for each in figures:
        baseline = "" if each.baseline is None else f"{each.baseline:,.2f}"
        ratio = "" if each.ratio is None else f"{each.ratio:.2f}"
        print(
            f"{each.name:26}{each.value:>12,.2f} {each.unit:10}{baseline:>12}{ratio:>8}  {each.goal:16}"
            f"{'yes' if each.met else 'NO'}"
        )
