"""How objection scripts and their categories are asked for in the library's forms."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from app.library import catalogue
from app.library.authoring.fields.choices import documents
from app.library.authoring.fields.common import stewardship
from app.library.authoring.fields.presentation import Ask, Choice, Presentation, Section
from app.scripts.script_pages import SINCERITY

_PARTS = {
    "probe": lazy_pgettext("block", "Dig"),
    "rephrase": lazy_pgettext("block", "Rephrase"),
    "answer": lazy_pgettext("block", "Answer"),
    "check": lazy_pgettext("block", "Check"),
    "branches": _l("If the customer replies…"),
    "avoid": _l("To avoid"),
}


def _categories(language: str) -> Iterable[Choice]:
    """The categories of the published lists."""
    lists = catalogue.current().of_kind("categories", language)
    return [Choice(each.id, each.title) for entry in lists for each in entry.card.categories]


SCRIPT = Presentation(
    (
        Section(
            _l("The objection"),
            (
                Ask("title", _l("The customer’s words"), _l("As they are said, without quotation marks.")),
                Ask("variants", _l("Other ways of saying it"), _l("One a line. Search finds them.")),
                Ask("category", _l("Category"), choices=_categories),
                Ask("sincerity", _l("What kind of objection it is"), words=SINCERITY),
            ),
        ),
        Section(
            _l("When and with whom"),
            (
                Ask("steps", _l("Steps in which it is heard"), choices=documents("step")),
                Ask("offers", _l("Offers it is about"), choices=documents("offer")),
                Ask("personas", _l("Who says it"), _l("One a line, such as: buyer, finance director.")),
            ),
        ),
        stewardship(),
    ),
    parts=_PARTS,
)
CATEGORIES = Presentation(
    (
        Section(
            _l("Categories"),
            (
                Ask("title", _l("Title of the list")),
                Ask(
                    "categories",
                    _l("Categories"),
                    row=_l("Category"),
                    add=_l("Add a category"),
                    headline="title",
                    asks=(Ask("id", "", made_from="title"), Ask("title", _l("Name"), widget="line")),
                ),
            ),
        ),
        stewardship(),
    )
)
