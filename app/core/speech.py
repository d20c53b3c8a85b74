"""Translated sentences in templates: flask-babel's catalogues, looked up once a language, not once a sentence."""

from typing import Any

from flask import Flask
from flask_babel import get_locale, get_translations


def init_app(app: Flask) -> None:
    """Take the place of flask-babel's own lookup, which a page of thirty sentences feels."""
    catalogues: dict[str, Any] = {}

    def catalogue() -> Any:
        locale = get_locale()
        if locale is None:
            return get_translations()
        if locale.language not in catalogues:
            catalogues[locale.language] = get_translations()
        return catalogues[locale.language]

    def one(sentence: str) -> str:
        return str(catalogue().ugettext(sentence))

    def one_or_many(one: str, many: str, number: int) -> str:
        return str(catalogue().ungettext(one, many, number))

    app.jinja_env.install_gettext_callables(one, one_or_many, newstyle=True)  # type: ignore[attr-defined]
