"""The sentences of questions made from offers, in the languages that offers are written in.

What stands in braces is filled in by the maker. An offer's title is never declined: it may be any name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.quizzes import numbers

_SYMBOLS = {"EUR": "€", "GBP": "£", "USD": "$"}


@dataclass(frozen=True)
class Asked:
    """A question and what is said to a right and to a wrong reply; `title` is for lists."""

    title: str
    text: str
    right: str = ""
    wrong: str = ""


@dataclass(frozen=True)
class Wording:
    """The sentences of one language."""

    language: str
    bank: str
    follows: str
    advantages: Asked
    proofs: Asked
    weaknesses: Asked
    objections: Asked
    limit_answers: Asked
    its_proof: str
    it_proves: str
    what_you_answer: str
    its_weakness: str
    price: Mapping[str, Asked]
    other_tax: Mapping[str, str]
    taxed: Mapping[str, Asked]
    not_taxed: Mapping[str, str]
    taken_off: str
    figure: Asked
    value: Asked
    value_here: str
    value_there: str
    sheet: Asked
    sheet_line: str
    limit: Asked
    foreign_limit: Asked
    foreign_value: Asked
    need: Asked
    need_there: str
    tags: Mapping[str, str]

    def money(self, amount: Decimal, currency: str) -> str:
        """An amount as it is said: without decimals when it has none."""
        whole = amount.to_integral_value()
        number = numbers.written(whole if amount == whole else amount.quantize(Decimal("0.01")), self.language)
        unit = currency_sign(currency)
        return f"{unit}{number}" if self.language != "fr" and unit != currency else f"{number} {unit}"

    def number(self, value: Decimal, least_decimals: int = 0) -> str:
        """A number without the zeros at its end that are too many."""
        text = f"{value:f}".rstrip("0") if "." in f"{value:f}" else f"{value:f}."
        decimals = max(least_decimals, len(text.partition(".")[2]))
        return numbers.written(value.quantize(Decimal(1).scaleb(-decimals)), self.language)


def currency_sign(currency: str) -> str:
    """What is typed beside an amount."""
    return _SYMBOLS.get(currency, currency)
