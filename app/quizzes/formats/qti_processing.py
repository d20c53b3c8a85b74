"""What the response processing of a QTI item says beyond its declarations: which feedback is shown to whom, and between
which bounds a number is right."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from app.quizzes.formats import weights
from app.quizzes.formats.xml_source import Node

RIGHT, WRONG = "", "-"  # whom a feedback is for, besides the identifiers of choices; neither is one
_BRANCHES = ("responseIf", "responseElseIf")


def shown_to(item: Node) -> dict[str, list[str]]:
    """The identifiers of the feedback that is shown to who gave a choice, all that is right (RIGHT), or not (WRONG)."""
    shown: dict[str, list[str]] = {}
    for condition in item.walk():
        if condition.name != "responseCondition":
            continue
        targets: list[str] = []
        for branch in condition.nodes:
            told = list(_told(branch))
            if branch.name in _BRANCHES:
                targets = _targets(branch)
                for target in targets:
                    shown.setdefault(target, []).extend(told)
            elif targets == [RIGHT]:
                shown.setdefault(WRONG, []).extend(told)
    return shown


def _told(branch: Node) -> Iterator[str]:
    """The identifiers that a branch sets, directly."""
    for outcome in branch.all("setOutcomeValue"):
        for value in outcome.walk():
            if value.name == "baseValue" and value.attributes.get("baseType") == "identifier":
                yield value.text.strip()


def _targets(branch: Node) -> list[str]:
    """Whom a branch is for, where its condition is one that we know."""
    test = next((each for each in branch.nodes if each.name != "setOutcomeValue"), None)
    if test is None or test.name not in ("match", "member", "equal", "gte"):
        return []
    names = {each.attributes.get("identifier") for each in test.all("variable")}
    if test.first("correct") or {"SCORE", "MAXSCORE"} <= names:
        return [RIGHT]
    return [each.text.strip() for each in test.all("baseValue") if each.text.strip()]


@dataclass(frozen=True)
class Bounds:
    """A number as it is tested: its value where that is said, its tolerance, absolute or in percent."""

    value: Decimal | None = None
    tolerance: Decimal = Decimal(0)
    is_relative: bool = False
    is_uneven: bool = False


def bounds_of(item: Node) -> Bounds:
    """What the first test of a number says; that between two bounds is the middle, give or take the half."""
    for node in item.walk():
        if node.name == "equal" and {each.attributes.get("identifier") for each in node.all("variable")} != {
            "SCORE",
            "MAXSCORE",
        }:
            return _equal(node)
        if node.name == "and":
            low, high = _bound(node, "gte"), _bound(node, "lte")
            if low is not None and high is not None:
                return _between(min(low, high), max(low, high))
    return Bounds()


def _between(low: Decimal, high: Decimal) -> Bounds:
    middle = (Fraction(low) + Fraction(high)) / 2
    value, width = (Decimal(weights.decimal_text(each)) for each in (middle, Fraction(high) - middle))
    return Bounds(value, width)


def _equal(node: Node) -> Bounds:
    value = weights.number(node.text_at("baseValue"))
    if node.attributes.get("toleranceMode", "exact") == "exact":
        return Bounds(value)
    given = node.attributes.get("tolerance", "").split()[:2]
    widths = [abs(weights.number(part) or Decimal(0)) for part in given]
    relative = node.attributes["toleranceMode"] == "relative"
    return Bounds(value, max(widths, default=Decimal(0)), relative, len(set(widths)) > 1)


def _bound(node: Node, name: str) -> Decimal | None:
    test = node.first(name)
    return weights.number(test.text_at("baseValue")) if test else None
