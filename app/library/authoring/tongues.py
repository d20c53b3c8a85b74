"""The languages of texts, by their own names on a page in any language."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

LANGUAGES: Mapping[str, object] = {"fr": _l("French"), "en": _l("English")}
