"""Questions about prices: what they are, and from one side of the tax to the other."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from app.playbook.documents import Price
from app.playbook.prices import shown, taxed
from app.quizzes.from_offers.facts import Named
from app.quizzes.from_offers.suggestions import Making, Suggestion, plain
from app.quizzes.from_offers.wording import Asked, currency_sign


def amounts(making: Making) -> Iterator[Suggestion]:
    """Two questions a price: the price as it is set, and with or without its VAT."""
    for each in making.offer.prices:
        yield _price(making, each)
        if each.row.vat_rate and each.row.amount:
            yield _taxed(making, each)


def _price(making: Making, price: Named[Price]) -> Suggestion:
    row, words = price.row, making.words
    excluded, included = _sides(row)
    value, other = (excluded, included) if row.tax == "excluded" else (included, excluded)
    also = [(other, words.other_tax[row.tax])] if other != value else []
    asked = words.price[row.tax]
    return _question(making, "price", price, asked, value, also)


def _taxed(making: Making, price: Named[Price]) -> Suggestion:
    row, words = price.row, making.words
    excluded, included = _sides(row)
    given, value = (excluded, included) if row.tax == "excluded" else (included, excluded)
    also = [(given, words.not_taxed[row.tax])]
    if row.tax == "included":
        said = words.taken_off.format(rate=words.number(row.vat_rate), factor=words.number(_factor(row), 2))
        also.append((_cents(row.amount * (1 - row.vat_rate / 100)), said))
    return _question(making, "price-and-tax", price, words.taxed[row.tax], value, also)


def _question(
    making: Making, key: str, price: Named[Price], asked: Asked, value: Decimal, also: list[tuple[Decimal, str]]
) -> Suggestion:
    row, words = price.row, making.words
    excluded, included = _sides(row)
    filled = {
        "offer": plain(making.offer.title),
        "item": plain(row.item),
        "unit": f" {plain(row.unit)}" if row.unit else "",
        "excluded": words.money(excluded, row.currency),
        "included": words.money(included, row.currency),
        "rate": words.number(row.vat_rate),
        "factor": words.number(_factor(row), 2),
    }
    values: dict[str, Any] = {
        "text": asked.text.format(
            **filled | {"unit": _in_brackets(filled["unit"]) if key == "price" else filled["unit"]}
        ),
        "value": str(value),
        "unit": currency_sign(row.currency),
        "if_right": asked.right.format(**filled),
        "if_wrong": asked.wrong.format(**filled),
    }
    if also:
        values["also"] = [{"value": str(number), "feedback": said} for number, said in also if number != value]
    title = asked.title.format(item=row.item)
    return making.suggestion("numeric", f"{key}-{price.name}", "prices", price.name, title, values)


def _in_brackets(unit: str) -> str:
    return f" ({unit.strip()})" if unit else ""


def _sides(row: Price) -> tuple[Decimal, Decimal]:
    """Before and after tax, rounded half-up to the cent as on an invoice."""
    exact = taxed(row.amount, row.tax, row.vat_rate)
    return shown(exact.excluded), shown(exact.included)


def _factor(row: Price) -> Decimal:
    return 1 + row.vat_rate / 100


def _cents(amount: Decimal) -> Decimal:
    return shown(taxed(amount, "excluded", Decimal(0)).excluded)
