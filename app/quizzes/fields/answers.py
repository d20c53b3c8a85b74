"""How the answers to questions are asked for: the rows inside a question."""

from flask_babel import lazy_gettext as _l

from app.library.authoring.fields.presentation import Ask

_CREDIT = _l("Part of the points")
_CREDIT_HELP = _l("Such as 1/2 or 0.5; none when left empty.")

OPTIONS = Ask(
    "options",
    _l("Answers to choose from"),
    _l("Tick what is right. Each answer says what to think of it."),
    row=_l("Answer"),
    add=_l("Add an answer"),
    asks=(
        Ask("text", _l("Answer")),
        Ask("right", _l("It is right")),
        Ask("feedback", _l("What to say to who chose it")),
        Ask(
            "credit",
            _CREDIT,
            _l("Such as 1/2 or -1/4. Left empty: right ones share the points, wrong ones of several take them away."),
            widget="share",
            is_rare=True,
        ),
    ),
)
VARIABLES = Ask(
    "variables",
    _l("Numbers that change"),
    row=_l("Number"),
    add=_l("Add a number"),
    asks=(
        Ask("name", _l("Name"), _l("As in the text and the formula: a word in small letters."), widget="line"),
        Ask("low", _l("From")),
        Ask("high", _l("To")),
        Ask("decimals", _l("Decimals"), _l("0 when left empty.")),
    ),
)
ACCEPTED = Ask(
    "accepted",
    _l("Answers that count as right"),
    _l("One a line; case and accents do not matter. * stands for any letters."),
)
GAPS = Ask(
    "gaps",
    _l("What fills the gaps"),
    row=_l("Gap"),
    add=_l("Add a gap"),
    asks=(
        Ask("accepted", _l("Words that count as right"), _l("One a line; the first is shown as the answer.")),
        Ask("feedback", _l("What to say about it"), is_rare=True),
    ),
)
PAIRS = Ask(
    "pairs",
    _l("What belongs together"),
    row=_l("Pair"),
    add=_l("Add a pair"),
    asks=(
        Ask("prompt", _l("This"), widget="line"),
        Ask("match", _l("goes with"), widget="line"),
        Ask("feedback", _l("What to say about it"), is_rare=True),
    ),
)
CATEGORIES = Ask(
    "categories",
    _l("Categories"),
    row=_l("Category"),
    add=_l("Add a category"),
    asks=(
        Ask("name", _l("Name"), widget="line"),
        Ask("items", _l("What belongs in it"), _l("One a line.")),
    ),
)
RUBRIC = Ask(
    "rubric",
    _l("What the manager looks for"),
    row=_l("Criterion"),
    add=_l("Add a criterion"),
    asks=(Ask("name", _l("Criterion")), Ask("points", _l("Worth at most"))),
)
OTHER_UNITS = Ask(
    "other_units",
    _l("Other units an answer may have"),
    row=_l("Unit"),
    add=_l("Add a unit"),
    is_rare=True,
    asks=(
        Ask("unit", _l("Unit"), widget="line"),
        Ask("factor", _l("Worth in the unit of the question"), _l("1000 for k€ where the answer is in €.")),
    ),
)
OTHER_NUMBERS = Ask(
    "also",
    _l("Other numbers worth a word"),
    _l("A usual mistake, or an answer worth a part of the points."),
    row=_l("Number"),
    add=_l("Add a number"),
    is_rare=True,
    types=("numeric",),
    asks=(
        Ask("value", _l("Number")),
        Ask("tolerance", _l("Tolerance")),
        Ask("credit", _CREDIT, _CREDIT_HELP, widget="share"),
        Ask("feedback", _l("What to say to who gave it")),
    ),
)
OTHER_WORDS = Ask(
    "also",
    _l("Other answers worth a word"),
    _l("A usual mistake, or an answer worth a part of the points."),
    row=_l("Answer"),
    add=_l("Add an answer"),
    is_rare=True,
    types=("short_answer",),
    asks=(
        Ask("text", _l("Answer"), widget="line"),
        Ask("credit", _CREDIT, _CREDIT_HELP, widget="share"),
        Ask("feedback", _l("What to say to who gave it")),
    ),
)
