"""Reading the numbers that people type, in French or in English notation, exactly."""

import re
import unicodedata
from fractions import Fraction

from app.core.folding import fold

LONGEST = 60

_SPACES = re.compile(r"\s+")
_MINUS = str.maketrans({"−": "-", "–": "-", "﹣": "-", "－": "-"})
_NUMBER = re.compile(r"(?P<sign>[+-]?) ?€? ?(?P<digits>[.,]?[0-9](?:[0-9.,'’ ]*[0-9,])?) ?(?P<after>(?:[^0-9].*)?)")
_MONEY = ("€", "eur", "euro", "euros")
_PERCENT = ("%", "pour cent", "percent", "per cent")
_TAX = re.compile(r"(?P<money>.*?)\s*(?:ht|ttc|hors taxes?)")


def readings(text: str, unit: str | None = None) -> frozenset[Fraction]:
    """The values that a typed number may have; empty when it is none.

    Spaces of every width and apostrophes group digits by three. Of point and comma, the one that stands last and
    once is the decimal mark. One of them alone before exactly three digits (`1,026`) may be either: both values are
    given. The unit may follow, as may % and €; other words make it no number, since “3 k€” is not 3.

    >>> [sorted(map(str, readings(each))) for each in ("1 026,5", "1.026,50 €", "1,026", "1 26")]
    [['2053/2'], ['2053/2'], ['1026', '513/500'], []]
    """
    if len(text) > LONGEST:
        return frozenset()
    plain = _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).translate(_MINUS).strip().rstrip(" .")
    found = _NUMBER.fullmatch(plain)
    if found is None or not _is_unit(found["after"], unit):
        return frozenset()
    sign = -1 if found["sign"] == "-" else 1
    return frozenset(sign * value for value in _values(found["digits"]))


def _is_unit(after: str, unit: str | None) -> bool:
    """Whether what follows a number may be left out: nothing, a full stop, the question's unit, % or €."""
    words = fold(after).strip(" .")
    taxed = _TAX.fullmatch(words)
    if taxed and (taxed["money"] in ("", *_MONEY)):
        return True
    if words in ("", *_MONEY, *_PERCENT):
        return True
    return unit is not None and _singular(words) == _singular(fold(unit).strip(" ."))


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
    return [Fraction(f"{re.sub(r'[^0-9]', '', whole) or '0'}.{after or '0'}")]
