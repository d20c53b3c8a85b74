"""What an offer's page says in words: its nature, the motives it speaks to, its prices on both sides of the tax."""

from dataclasses import dataclass

from babel.numbers import format_percent, get_currency_precision
from flask_babel import format_currency, get_locale
from flask_babel import lazy_gettext as _l

from app.playbook.documents import OFFER_PARTS, Price
from app.playbook.prices import shown, taxed

NATURES = {"product": ("package", _l("Product")), "service": ("tools", _l("Service"))}

PARTS = tuple(OFFER_PARTS.items())

MOTIVES = {
    "securite": _l("Security"),
    "orgueil": _l("Pride"),
    "nouveaute": _l("Novelty"),
    "confort": _l("Comfort"),
    "argent": _l("Money"),
    "sympathie": _l("Sympathy"),
    "environnement": _l("Environment"),
}


@dataclass(frozen=True)
class Priced:
    """A price as the reader's locale writes it, before and after tax."""

    price: Price
    excluded: str
    included: str
    vat_rate: str


def priced(price: Price) -> Priced:
    """Both sides of the tax, computed exactly and rounded half-up to the currency's decimals here, where they show."""
    decimals = get_currency_precision(price.currency)
    amounts = taxed(price.amount, price.tax, price.vat_rate)
    return Priced(
        price,
        excluded=format_currency(shown(amounts.excluded, decimals), price.currency),
        included=format_currency(shown(amounts.included, decimals), price.currency),
        vat_rate=format_percent(price.vat_rate / 100, locale=get_locale(), decimal_quantization=False),
    )
