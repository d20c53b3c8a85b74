"""Fields that documents of several kinds share, and the form of the library's own kind, the glossary."""

from flask_babel import lazy_gettext as _l

from app.library.authoring.fields.presentation import Ask, Presentation, Section

TITLE = Ask("title", _l("Title"))
ORDER = Ask("order", _l("Order"), _l("Its place in the list: 1 comes first."))
SUMMARY = Ask("summary", _l("Summary"), _l("One sentence, shown in lists."), widget="text")
OWNER = Ask(
    "owner", _l("Owner"), _l("Who answers for this text, and is asked to verify it from time to time."), widget="owner"
)
VERIFY = Ask(
    "verify_every",
    _l("Verify every … days"),
    _l("After so many days without a word from the owner, readers see “not verified”. 0: never. Empty: as everywhere."),
)


def stewardship() -> Section:
    """Who answers for a text."""
    return Section(_l("Who answers for it"), (OWNER, VERIFY))


GLOSSARY = Presentation(
    (
        Section(_l("The glossary"), (TITLE,)),
        Section(
            _l("Terms"),
            (
                Ask(
                    "terms",
                    _l("Terms"),
                    row=_l("Term"),
                    add=_l("Add a term"),
                    headline="term",
                    folded=True,
                    asks=(
                        Ask("term", _l("Term"), widget="line"),
                        Ask("definition", _l("Definition")),
                        Ask(
                            "abbreviation",
                            _l("Abbreviation"),
                            _l("Underlined wherever it stands in a text, with its definition."),
                        ),
                        Ask("synonyms", _l("Synonyms"), _l("One a line. Search takes them for the same word.")),
                    ),
                ),
            ),
        ),
        stewardship(),
    )
)
