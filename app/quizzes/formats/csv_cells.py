"""The cells of a row of questions: options, pairs, units, criteria, variables."""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from app.core.folding import fold
from app.quizzes.formats import weights
from app.quizzes.formats.lines import one_line
from app.quizzes.formats.model import FULL, NONE, Criterion, Option, Pair, Type, Unit, Variable
from app.quizzes.formats.numbers_of import numeric_option

NUMBERED = re.compile(
    r"(option|fraction|feedback|prompt|match|pairfeedback|hint|unit|factor|criterion|points)([1-9][0-9]{0,2})"
)


class Unusable(Exception):
    """A row that makes no question; the message says why."""


@dataclass(frozen=True)
class Row:
    """The cells of one question by column; `line` is where it begins."""

    line: int
    cells: dict[str, str]

    def get(self, name: str) -> str:
        """The cell of a column; empty where there is none."""
        return self.cells.get(name, "")


def options_of(row: Row, kind: Type) -> tuple[Option, ...]:
    """The options. Raises Unusable, as the others do."""
    found = []
    for number in numbered(row, "option"):
        text = row.get(f"option{number}").strip()
        if not text:
            continue
        if kind is Type.NUMERIC:
            text = numeric_option(text) or ""
            if not text:
                raise Unusable(f"the number in option{number}, expected 3, 3:2 (tolerance) or 1..5")
        if kind is Type.TRUE_FALSE:
            text = {"vrai": "true", "faux": "false"}.get(fold(text), fold(text))
        found.append(Option(text, _share(row, number, kind), row.get(f"feedback{number}").strip()))
    if kind is Type.TRUE_FALSE:
        found.sort(key=lambda each: each.text != "true")
    return tuple(found)


def _share(row: Row, number: int, kind: Type) -> Fraction:
    """A fraction from −1 to 1, or 1/3; what is ordered or typed earns all when nothing is said."""
    given = row.get(f"fraction{number}").strip()
    if not given:
        return FULL if kind in (Type.SHORT_ANSWER, Type.NUMERIC, Type.CALCULATED, Type.ORDERING) else NONE
    return fraction_of(f"fraction{number}", given)


def fraction_of(name: str, given: str) -> Fraction:
    """A share from −1 to 1, written as a decimal or as 1/3."""
    upper, slash, lower = given.partition("/")
    top, bottom = weights.number(upper), weights.number(lower or "1")
    if top is None or not bottom or abs(top) > abs(bottom) or (slash and not lower.strip()):
        raise Unusable(f"{name} “{given[:20]}”, expected a number from -1 to 1")
    return Fraction(top) / Fraction(bottom) if slash else weights.share_of(top)


def pairs_of(row: Row) -> tuple[Pair, ...]:
    """The pairs, with the feedback of each."""
    found = (
        Pair(*(row.get(f"{name}{number}").strip() for name in ("prompt", "match", "pairfeedback")))
        for number in numbered(row, "match")
    )
    return tuple(each for each in found if each.prompt or each.match)


def units_of(row: Row) -> tuple[Unit, ...]:
    """The other units of a number."""
    found = []
    for number in numbered(row, "unit"):
        name, factor = row.get(f"unit{number}").strip(), number_of(row, f"factor{number}")
        if name and (factor is None or factor <= 0):
            raise Unusable(f"factor{number} “{row.get(f'factor{number}')[:40]}”, expected a number above 0")
        if name and factor is not None:
            found.append(Unit(name, factor))
    return tuple(found)


def rubric_of(row: Row) -> tuple[Criterion, ...]:
    """The criteria of a written answer."""
    found = []
    for number in numbered(row, "criterion"):
        name, points = row.get(f"criterion{number}").strip(), row.get(f"points{number}").strip() or "1"
        if name and not re.fullmatch(r"[1-9][0-9]{0,2}", points):
            raise Unusable(f"points{number} “{points[:40]}”, expected a whole number above 0")
        if name:
            found.append(Criterion(one_line(name), int(points)))
    return tuple(found)


def value_of(name: str, valued: dict[str, str]) -> Decimal | None:
    """A setting that is a number, not below 0."""
    if name not in valued:
        return None
    found = weights.number(valued[name])
    if found is None or found < 0:
        raise Unusable(f"{name} “{valued[name][:40]}”, expected a number")
    return found


def numbered(row: Row, name: str) -> list[int]:
    """The numbers of the columns of a name, in order."""
    return _numbers(tuple(row.cells), name)


@lru_cache(maxsize=64)
def _numbers(columns: tuple[str, ...], name: str) -> list[int]:
    """Worked out once for the rows of a file, which may have thousands of columns."""
    return sorted(int(found[2]) for each in columns if (found := NUMBERED.fullmatch(each)) and found[1] == name)


def number_of(row: Row, name: str) -> Decimal | None:
    """The number in a column; None where the cell is empty."""
    given = row.get(name).strip()
    found = weights.number(given) if given else None
    if given and found is None:
        raise Unusable(f"{name} “{given[:40]}”, expected a number")
    return found


def variables_of(settings: list[str]) -> tuple[Variable, ...]:
    """Variables as `variables=name:lowest:highest:decimals,…`."""
    found = []
    for each in settings:
        for said in each.removeprefix("variables=").split(",") if each.startswith("variables=") else ():
            name, low, high, decimals = (*said.split(":"), "", "", "", "")[:4]
            lowest, highest = weights.number(low), weights.number(high)
            if (
                not name
                or lowest is None
                or highest is None
                or lowest > highest
                or not re.fullmatch(r"\d{1,2}", decimals)
            ):
                raise Unusable(f"the variable “{said[:40]}”, expected name:lowest:highest:decimals")
            found.append(Variable(name, lowest, highest, int(decimals)))
    return tuple(found)
