"""How steps, plays and offers are asked for in the library's forms."""

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from app.library.authoring.fields.common import ORDER, SUMMARY, TITLE, stewardship
from app.library.authoring.fields.presentation import Ask, Presentation, Section
from app.playbook.documents import OFFER_PARTS
from app.playbook.offers import MOTIVES, NATURES

_PARTS = {
    "know": lazy_pgettext("block", "Know"),
    "say": lazy_pgettext("block", "Say"),
    "show": lazy_pgettext("block", "Show"),
    "do": lazy_pgettext("block", "Do"),
}
_TAX = {"excluded": _l("before tax"), "included": _l("tax included")}

STEP = Presentation(
    (
        Section(
            _l("The step"),
            (
                TITLE,
                Ask("short_title", _l("Short title"), _l("It stands under the stair: 12 characters at most.")),
                ORDER,
                Ask("goal", _l("Goal"), _l("One sentence: what is reached when the step is done."), widget="text"),
                Ask(
                    "exit_criteria",
                    _l("What shows that the step is done"),
                    _l("One a line. Each can be checked with a yes or a no."),
                ),
            ),
        ),
        stewardship(),
    )
)
PLAY = Presentation(
    (
        Section(_l("The play"), (TITLE, ORDER, SUMMARY)),
        stewardship(),
    ),
    parts=_PARTS,
)
_CHARACTERISTICS = Ask(
    "characteristics",
    _l("Characteristics"),
    row=_l("Characteristic"),
    add=_l("Add a characteristic"),
    headline="name",
    folded=True,
    asks=(
        Ask("name", _l("Characteristic"), widget="line"),
        Ask("value", _l("Value"), _l("Such as 140 lm/W."), widget="line"),
        Ask("advantage", _l("Advantage"), _l("What it allows.")),
        Ask("benefit", _l("Benefit"), _l("What it changes for this customer.")),
        Ask("proof", _l("Proof"), _l("What the customer can check.")),
        Ask("motives", _l("Motives it speaks to"), words=MOTIVES),
    ),
)
_LIMITS = Ask(
    "limits",
    _l("Limits"),
    row=_l("Limit"),
    add=_l("Add a limit"),
    headline="limit",
    folded=True,
    asks=(Ask("limit", _l("What it does not do")), Ask("answer", _l("What to answer"))),
)
_PRICES = Ask(
    "prices",
    _l("Prices"),
    row=_l("Price"),
    add=_l("Add a price"),
    headline="item",
    folded=True,
    asks=(
        Ask("item", _l("What is sold"), widget="line"),
        Ask("amount", _l("Amount")),
        Ask("currency", _l("Currency"), _l("Three letters; EUR when left empty."), widget="line"),
        Ask("unit", _l("Unit"), _l("Such as: per fitting, per month."), widget="line"),
        Ask("tax", _l("Tax"), words=_TAX),
        Ask("vat_rate", _l("VAT rate, in percent")),
        Ask("note", _l("Note"), widget="line"),
    ),
)
_COMPETITORS = Ask(
    "competitors",
    _l("Competition"),
    row=_l("Competitor"),
    add=_l("Add a competitor"),
    headline="name",
    folded=True,
    asks=(
        Ask("name", _l("Name"), widget="line"),
        Ask("strength", _l("Strength")),
        Ask("weakness", _l("Weakness")),
        Ask("answer", _l("What to answer")),
    ),
)
OFFER = Presentation(
    (
        Section(
            _l("The offer"),
            (
                TITLE,
                ORDER,
                Ask("nature", _l("Nature"), words={name: words for name, (_icon, words) in NATURES.items()}),
                SUMMARY,
                Ask("for_whom", _l("For whom"), _l("One a line.")),
            ),
        ),
        Section(_l("Characteristics"), (_CHARACTERISTICS,), _l("What it is, what that allows, what proves it.")),
        Section(_l("Limits"), (_LIMITS,), _l("What it does not do, and what to answer.")),
        Section(_l("Prices"), (_PRICES,), _l("Amounts are exact: write 390 or 18.50.")),
        Section(_l("Competition"), (_COMPETITORS,)),
        stewardship(),
    ),
    parts=OFFER_PARTS,
)
