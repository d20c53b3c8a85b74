"""Questions about the values of characteristics: a number, one among those of other offers, lines of a sheet."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from app.core.folding import fold
from app.playbook.documents import Characteristic
from app.quizzes import numbers
from app.quizzes.from_offers.facts import NUMBER_WORDS, Named, groups, ranked
from app.quizzes.from_offers.suggestions import Making, Suggestion, plain
from app.quizzes.wording import essence

MOST_WRONG, FEWEST_WRONG = 3, 2
MOST_LINES, FEWEST_LINES = 5, 2
LONGEST_VALUE, LONGEST_UNIT = 80, 20

_NUMBER = re.compile(
    r"(?<![\w.,\-−+])(?P<number>\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)(?![\d.,]*\d)"
)
_UNIT = re.compile(r"[ \u00a0\u202f]?(?P<unit>(?P<word>[^\W\d]+[²³]?|[%€$£]|°[CF])(?P<more>[^,;:.()0-9]*))")
_BETWEEN = frozenset(
    "à au aux avec chez dans de des du en et hors ou par pour sans sous sur at by for from in of on or per with".split()
)
_OR = frozenset("ou or contre versus".split())


@dataclass(frozen=True)
class Figure:
    """The one number of a value: what stands before and after it, and its unit as it may be typed."""

    number: str
    value: Decimal
    before: str
    after: str
    unit: str


def values(making: Making) -> Iterator[Suggestion]:
    """One question a characteristic whose value is a number or stands on other sheets too; the rest together."""
    rest = []
    for each in making.offer.characteristics:
        if each.row.value and len(each.row.value) <= LONGEST_VALUE:
            made = _among_siblings(making, each) or _figure(making, each)
            if made:
                yield made
            else:
                rest.append(each)
    yield from _sheets(making, rest)


def figure_in(value: str) -> Figure | None:
    """The number of a value when it has one only, with a unit behind it, and no other in words.

    >>> figure_in("5 ans, pièces et main-d’œuvre").unit, figure_in("50 000 h L80").number
    ('ans', '50 000')
    >>> figure_in("140 lm/W, 25 200 lm"), figure_in("IP65, IK08"), figure_in("48 heures, soit deux jours")
    (None, None, None)
    """
    found = list(_NUMBER.finditer(value))
    if len(found) != 1 or set(re.findall(r"\w+", fold(value))) & (NUMBER_WORDS | _OR):
        return None
    number = found[0]
    unit = _UNIT.match(value, number.end())
    read = numbers.readings(number["number"])
    if unit is None or len(read) != 1:
        return None
    (exact,) = read
    return Figure(
        number["number"],
        Decimal(exact.numerator) / exact.denominator,
        value[: number.start()],
        value[number.end() :],
        _named(unit["word"], unit["more"], value[unit.end() : unit.end() + 1]),
    )


def _named(word: str, more: str, following: str) -> str:
    """The unit with the word that belongs to it (working days), without what says where or when."""
    rest = more.split()
    is_cut = following.isdigit()  # in the middle of a word, such as L80
    if is_cut or not more.startswith(" ") or not rest or rest[0] in _BETWEEN:
        return word
    return f"{word} {rest[0]}" if len(word) + len(rest[0]) < LONGEST_UNIT else word


def _said(making: Making, row: Characteristic) -> dict[str, str]:
    return {
        "offer": plain(making.offer.title),
        "name": plain(row.name),
        "value": plain(row.value or ""),
        "advantage": plain(row.advantage),
    }


def _figure(making: Making, each: Named[Characteristic]) -> Suggestion | None:
    figure = figure_in(each.row.value or "")
    if figure is None:
        return None
    asked, said = making.words.figure, _said(making, each.row)
    blanked = plain(f"{figure.before}\ue000{figure.after}").replace("\ue000", "[…]")
    return making.suggestion(
        "numeric",
        f"value-{each.name}",
        "characteristics",
        each.name,
        asked.title.format(name=each.row.name),
        {
            "text": asked.text.format(**said, blanked=blanked),
            "value": f"{figure.value:f}",
            "unit": figure.unit,
            "if_right": asked.right.format(**said),
            "if_wrong": asked.wrong.format(**said),
        },
    )


def _among_siblings(making: Making, each: Named[Characteristic]) -> Suggestion | None:
    """The value among those that other offers have under the same name."""
    words, said = making.words, _said(making, each.row)
    there: dict[str, str] = {}
    for sibling in sorted(making.siblings, key=lambda offer: offer.id):
        row = sibling.characteristic(each.name)
        if row and row.value and _is_apart(row.value, [each.row.value or "", *there]):
            there[row.value] = sibling.title
    chosen = ranked(there, each.name)[:MOST_WRONG]
    if len(chosen) < FEWEST_WRONG:
        return None
    options: list[dict[str, Any]] = [
        {
            "text": plain(value),
            "feedback": words.value_there.format(sibling=plain(there[value]), name=said["name"], value=said["value"]),
        }
        for value in chosen
    ]
    options.append({"text": said["value"], "right": True, "feedback": words.value_here.format(**said)})
    return making.suggestion(
        "single",
        f"value-{each.name}",
        "characteristics",
        each.name,
        words.value.title.format(name=each.row.name),
        {
            "text": words.value.text.format(**said),
            "options": sorted(options, key=lambda option: fold(str(option["text"]))),
        },
    )


def _sheets(making: Making, rows: list[Named[Characteristic]]) -> Iterator[Suggestion]:
    """Lines of the sheet whose values are to be put back, with one of another sheet that goes with none.

    A value that is a part of another's could go with either, so it is left out.
    """
    apart = [
        each
        for each in rows
        if _is_apart(each.row.value or "", [other.row.value or "" for other in rows if other.name != each.name])
    ]
    if len(apart) < FEWEST_LINES:
        return
    own = [row.value for row in making.offer.facts.characteristics if row.value]
    elsewhere = {row.value for sibling in making.siblings for row in sibling.facts.characteristics if row.value}
    foreign = [value for value in elsewhere if len(value) <= LONGEST_VALUE and _is_apart(value, own)]
    parts = groups(apart, MOST_LINES)
    for number, (lines, wrong) in enumerate(zip_longest(parts, ranked(foreign, "sheet")[: len(parts)]), start=1):
        title = making.words.sheet.title.format(offer=making.offer.title) + (f" ({number})" if len(parts) > 1 else "")
        yield _sheet(making, f"sheet-{number}", title, lines, wrong)


def _sheet(making: Making, key: str, title: str, rows: list[Named[Characteristic]], wrong: str | None) -> Suggestion:
    words, asked = making.words, making.words.sheet
    lines = [
        f"- {words.sheet_line.format(name=plain(each.row.name), number=number)}"
        for number, each in enumerate(rows, start=1)
    ]
    values: dict[str, Any] = {
        "text": "\n".join([asked.text.format(offer=plain(making.offer.title)), "", *lines, ""]),
        "gaps": [
            {"accepted": [plain(each.row.value or "")], "feedback": words.value_here.format(**_said(making, each.row))}
            for each in rows
        ],
        "choose": True,
    }
    if wrong:
        values["wrong"] = [plain(wrong)]
    values |= {"if_right": asked.right, "if_wrong": asked.wrong}
    return making.suggestion("gaps", key, "characteristics", "", title, values)


def _is_apart(value: str, others: list[str]) -> bool:
    """Whether a value says something else than each of the others: neither is a part of the other."""
    one = essence(value)
    return bool(one) and not any(one in essence(other) or essence(other) in one for other in others)
