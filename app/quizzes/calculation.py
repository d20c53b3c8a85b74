"""Formulas of calculated questions: read by a small grammar of our own, computed exactly, never run as code.

Numbers with a decimal point, variables (also as `{ht}`), `+ - * / ^ **`, parentheses, and `min(…)`, `max(…)`, `abs(x)`,
`round(x)`, `round(x, decimals)` (half away from zero, as on an invoice), `floor(x)`, `ceil(x)`. Powers are whole, bind
tighter than a minus before them, and group from the right.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

LONGEST, DEEPEST, MOST_POWER, MOST_DECIMALS, MOST_ARGUMENTS = 300, 30, 12, 12, 12
# Above it a value is out of bounds, and so is a fraction that takes more digits to write.
BIGGEST, MOST_BITS = 10**18, 2048

Values = Mapping[str, Decimal | Fraction]
_Step = Callable[[Values], Fraction]

_TOKEN = re.compile(
    r"\s*(?:(?P<number>[0-9]+(?:\.[0-9]+)?|\.[0-9]+)|\{(?P<braced>[a-z][a-z0-9_]{0,19})\}"
    r"|(?P<name>[A-Za-z][A-Za-z0-9_]*)|(?P<sign>\*\*|[-+*/^(),]))",
    re.ASCII,
)


class WrongFormula(ValueError):
    """A formula that cannot be read or computed: what is wrong, and what is expected."""

    def __init__(self, what: str, expected: str) -> None:
        super().__init__(f"{what}, expected {expected}")
        self.what, self.expected = what, expected


@dataclass(frozen=True)
class Formula:
    """A formula that was read: the names of its variables."""

    text: str
    names: frozenset[str]
    _value: _Step = field(repr=False, compare=False)

    def value(self, values: Values) -> Fraction:
        """The exact result. Raises WrongFormula: a variable without a value, a division by zero, a result out of
        bounds."""
        return self._value(values)


def read(text: str) -> Formula:
    """Raises WrongFormula."""
    if len(text) > LONGEST:
        raise WrongFormula(f"{len(text)} characters", f"at most {LONGEST}")
    reader = _Reader(_tokens(text))
    step = reader.sum()
    if not reader.is_at_end:
        expected = "a decimal point, as in 1.5" if reader.here == "," else "an operator, or the end"
        raise WrongFormula(f"“{reader.here[:20]}” where the formula could end", expected)
    return Formula(text, frozenset(reader.names), step)


def half_up(value: Fraction, decimals: int) -> Fraction:
    """A value rounded to so many decimals, a half away from zero.

    >>> half_up(Fraction(5, 2), 0), half_up(Fraction(-5, 2), 0), half_up(Fraction(1, 3), 2)
    (Fraction(3, 1), Fraction(-3, 1), Fraction(33, 100))
    """
    scale = 10**decimals
    size = math.floor(abs(value) * scale + Fraction(1, 2))
    return Fraction(size if value >= 0 else -size, scale)


@dataclass(frozen=True)
class _Token:
    kind: str  # number, name, sign
    text: str


def _tokens(text: str) -> list[_Token]:
    tokens, at, end = [], 0, len(text.rstrip())
    while at < end:
        found = _TOKEN.match(text, at)
        if found is None:
            raise WrongFormula(f"“{text[at:].lstrip()[:1]}”", "a number, a variable, + - * / ^ or a parenthesis")
        at = found.end()
        if found["braced"]:
            tokens.append(_Token("name", found["braced"]))
        else:
            kind = found.lastgroup or ""
            tokens.append(_Token(kind, found[kind]))
    return tokens


class _Reader:
    """Reads tokens by recursive descent: a sum of products of powers of things."""

    def __init__(self, tokens: Sequence[_Token]) -> None:
        self._tokens, self._at, self._depth = tokens, 0, 0
        self.names: set[str] = set()

    @property
    def is_at_end(self) -> bool:
        return self._at == len(self._tokens)

    @property
    def here(self) -> str:
        return "the end" if self.is_at_end else self._tokens[self._at].text

    def sum(self) -> _Step:
        left = self._product()
        while sign := self._take("+", "-"):
            left = _both(left, self._product(), _plus if sign == "+" else _minus)
        return left

    def _product(self) -> _Step:
        left = self._signed()
        while sign := self._take("*", "/"):
            left = _both(left, self._signed(), _times if sign == "*" else _over)
        return left

    def _signed(self) -> _Step:
        if sign := self._take("-", "+"):
            self._go_deeper()
            inner = self._signed()
            self._depth -= 1
            return _one(inner, _negative) if sign == "-" else inner
        return self._power()

    def _power(self) -> _Step:
        base = self._thing()
        if self._take("^", "**"):
            self._go_deeper()
            exponent = self._signed()
            self._depth -= 1
            return _both(base, exponent, _to_the)
        return base

    def _thing(self) -> _Step:
        if self.is_at_end:
            raise WrongFormula("the end of the formula", "a number or a variable")
        token = self._tokens[self._at]
        if self._take("("):
            return self._closed()
        if token.kind == "sign":
            raise WrongFormula(f"“{token.text}”", "a number or a variable")
        self._at += 1
        if token.kind == "number":
            return _constant(_bounded(Fraction(token.text)))
        if self._take("("):
            return self._call(token.text)
        if not token.text.islower() or len(token.text) > 20:
            raise WrongFormula(f"“{token.text[:40]}”", "a variable in small letters, of at most 20")
        self.names.add(token.text)
        return _variable(token.text)

    def _closed(self) -> _Step:
        self._go_deeper()
        inner = self.sum()
        self._depth -= 1
        if not self._take(")"):
            raise WrongFormula(f"“{self.here}”", "a closing parenthesis")
        return inner

    def _call(self, name: str) -> _Step:
        if name not in _FUNCTIONS:
            raise WrongFormula(f"the function “{name[:40]}”", f"one of {', '.join(_FUNCTIONS)}")
        function, fewest, most = _FUNCTIONS[name]
        self._go_deeper()
        arguments = [self.sum()]
        while self._take(","):
            arguments.append(self.sum())
        self._depth -= 1
        if not self._take(")"):
            raise WrongFormula(f"“{self.here}”", "a comma or a closing parenthesis")
        if not fewest <= len(arguments) <= most:
            expected = f"{fewest}" if fewest == most else f"{fewest} to {most}"
            raise WrongFormula(f"{len(arguments)} values in {name}()", expected)
        return lambda values: _bounded(function(*(argument(values) for argument in arguments)))

    def _take(self, *signs: str) -> str:
        if not self.is_at_end and self._tokens[self._at].kind == "sign" and self._tokens[self._at].text in signs:
            self._at += 1
            return self._tokens[self._at - 1].text
        return ""

    def _go_deeper(self) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise WrongFormula("parentheses and signs within each other", f"at most {DEEPEST}")


def _bounded(value: Fraction) -> Fraction:
    if abs(value) > BIGGEST:
        raise WrongFormula("a number out of bounds", "at most 10^18 at every step")
    if value.denominator.bit_length() > MOST_BITS:
        raise WrongFormula("a fraction that takes too many digits", "a simpler formula")
    return value


def _constant(value: Fraction) -> _Step:
    return lambda values: value


def _variable(name: str) -> _Step:
    def step(values: Values) -> Fraction:
        if name not in values:
            raise WrongFormula(f"“{name}” without a value", "one for each variable")
        return _bounded(Fraction(values[name]))

    return step


def _one(inner: _Step, does: Callable[[Fraction], Fraction]) -> _Step:
    return lambda values: does(inner(values))


def _both(left: _Step, right: _Step, do: Callable[[Fraction, Fraction], Fraction]) -> _Step:
    return lambda values: _bounded(do(left(values), right(values)))


def _negative(value: Fraction) -> Fraction:
    return -value


def _plus(left: Fraction, right: Fraction) -> Fraction:
    return left + right


def _minus(left: Fraction, right: Fraction) -> Fraction:
    return left - right


def _times(left: Fraction, right: Fraction) -> Fraction:
    return left * right


def _over(left: Fraction, right: Fraction) -> Fraction:
    if not right:
        raise WrongFormula("a division by zero", "ranges in which it does not happen")
    return left / right


def _to_the(base: Fraction, exponent: Fraction) -> Fraction:
    if exponent.denominator != 1 or abs(exponent) > MOST_POWER:
        raise WrongFormula(f"the power {str(exponent)[:20]}", f"a whole one from -{MOST_POWER} to {MOST_POWER}")
    if not base and exponent < 0:
        raise WrongFormula("a division by zero", "ranges in which it does not happen")
    return base ** int(exponent)


def _round(value: Fraction, decimals: Fraction = Fraction(0)) -> Fraction:
    if decimals.denominator != 1 or not 0 <= decimals <= MOST_DECIMALS:
        raise WrongFormula(f"round to {str(decimals)[:20]} decimals", f"a whole number from 0 to {MOST_DECIMALS}")
    return half_up(value, int(decimals))


_FUNCTIONS: dict[str, tuple[Callable[..., Fraction], int, int]] = {
    "min": (min, 1, MOST_ARGUMENTS),
    "max": (max, 1, MOST_ARGUMENTS),
    "abs": (abs, 1, 1),
    "round": (_round, 1, 2),
    "floor": (lambda value: Fraction(math.floor(value)), 1, 1),
    "ceil": (lambda value: Fraction(math.ceil(value)), 1, 1),
}
