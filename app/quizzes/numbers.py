"""Numbers as people type them and as pages write them, in French or in English notation, exactly."""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from app.core.folding import fold

LONGEST = 60

_SPACES = re.compile(r"\s+")
_MINUS = str.maketrans({"−": "-", "–": "-", "﹣": "-", "－": "-"})
_BARE = re.compile(r"(-?[0-9]{1,15})(?:[.,]([0-9]{1,2}|[0-9]{4,9}))?")
_NUMBER = re.compile(
    r"(?P<sign>[+-]?) ?(?P<before>[^0-9.,+-]{0,20}?) ?"
    r"(?P<digits>[.,]?[0-9](?:[0-9.,'’ ]*[0-9,])?) ?(?P<after>(?:[^0-9].*)?)"
)
_MONEY = ("€", "eur", "euro", "euros")
_PERCENT = ("%", "pour cent", "percent", "per cent")
_TAX = re.compile(r"(?P<money>.*?)\s*(?:ht|ttc|hors taxes?)")

_THIN, _MINUS_SIGN = "\u202f", "−"

Units = Sequence[tuple[str, Fraction]]


def readings(text: str, unit: str | None = None, others: Units = ()) -> frozenset[Fraction]:
    """The values that a typed number may have, in the question's unit; empty when it is none.

    Spaces of every width and apostrophes group digits by three. Of point and comma, the one that stands last and
    once is the decimal mark. One of them alone before exactly three digits (`1,026`) may be either: both values are
    given. The unit may follow or stand before; so may % and €, where the question names no unit or one of their kind.
    `others` are other units that may be named, each with how many of the question's make one of it. Other words make
    it no number, since “3 k€” is not 3.

    >>> [sorted(map(str, readings(each))) for each in ("1 026,5", "1.026,50 €", "1,026", "1 26")]
    [['2053/2'], ['2053/2'], ['1026', '513/500'], []]
    >>> readings("3 k€", "€", [("k€", Fraction(1000))])
    frozenset({Fraction(3000, 1)})
    """
    if bare := _BARE.fullmatch(text):
        return frozenset((_fraction(bare[1], bare[2] or ""),))
    if len(text) > LONGEST:
        return frozenset()
    plain = _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).translate(_MINUS).strip().rstrip(" .")
    found = _NUMBER.fullmatch(plain)
    if found is None:
        return frozenset()
    factors = _factors(f"{found['before']} {found['after']}".strip(" ."), unit, others)
    sign = -1 if found["sign"] == "-" else 1
    return frozenset(sign * factor * value for factor in factors for value in _values(found["digits"]))


def written(value: Decimal, language: str) -> str:
    """A number in the notation of a language, with no more decimals than it has.

    >>> written(Decimal("-1234567.50"), "fr"), written(Decimal("1234.50"), "en")
    ('−1\u202f234\u202f567,50', '1,234.50')
    """
    text = f"{abs(value):,f}".replace(",", "_")
    whole, _, after = text.partition(".")
    group, mark = (_THIN, ",") if language == "fr" else (",", ".")
    sign = _MINUS_SIGN if value < 0 else ""
    return sign + whole.replace("_", group) + (mark + after if after else "")


def _factors(named: str, unit: str | None, others: Units) -> frozenset[Fraction]:
    """By what a number is to be multiplied for the unit that was named; empty when it is none that may be.

    Where several units differ by their capitals only (mW, MW), the very name counts.
    """
    known = [(unit, Fraction(1)), *others] if unit else list(others)
    exact = frozenset(factor for name, factor in known if name.strip(" .") == named)
    if named and exact:
        return exact
    words = _singular(fold(named))
    alike = frozenset(factor for name, factor in known if _singular(fold(name).strip(" .")) == words)
    if words and alike:
        return alike
    return frozenset((Fraction(1),)) if _is_understood(fold(named), unit) else frozenset()


def _is_understood(words: str, unit: str | None) -> bool:
    """Whether words beside a number say no more than the question does: nothing, a tax, % or €."""
    asked = fold(unit or "")
    taxed = _TAX.fullmatch(words)
    money = taxed["money"] if taxed else words
    if money in _MONEY:
        return not asked or asked.startswith(_MONEY)
    if words in _PERCENT:
        return not asked or asked.startswith(_PERCENT)
    return not money


def _singular(words: str) -> str:
    return " ".join(word.removesuffix("s") for word in words.split())


def _values(digits: str) -> list[Fraction]:
    """What the digits and their separators say."""
    points, commas = digits.count("."), digits.count(",")
    if points and commas:
        decimal = max(".", ",", key=digits.rindex)
        return _value(digits, decimal, grouping="," if decimal == "." else ".")
    mark = "." if points else ","
    if points + commas == 0:
        return _value(digits, None, "")
    if points + commas > 1:
        return _value(digits, None, mark)
    as_decimal = _value(digits, mark, "")
    whole, _, after = digits.partition(mark)
    if re.fullmatch(r"[0-9]{3}", after) and re.fullmatch(r"[1-9][0-9]{0,2}", whole):
        return [*as_decimal, Fraction(int(whole + after))]
    return as_decimal


def _value(digits: str, decimal: str | None, grouping: str) -> list[Fraction]:
    """One value, or none when the groups are not of three digits."""
    whole, _, after = digits.partition(decimal) if decimal and digits.count(decimal) == 1 else (digits, "", "")
    separators = re.escape(grouping + "'’ ")
    grouped = re.fullmatch(rf"[0-9]{{1,3}}([{separators}])[0-9]{{3}}(?:\1[0-9]{{3}})*", whole)
    if not (grouped or re.fullmatch(r"[0-9]*", whole)) or not re.fullmatch(r"[0-9]*", after) or not whole + after:
        return []
    return [_fraction(re.sub(r"[^0-9]", "", whole) or "0", after)]


def _fraction(whole: str, after: str) -> Fraction:
    return Fraction(int(whole + after), 10 ** len(after)) if after else Fraction(int(whole))
