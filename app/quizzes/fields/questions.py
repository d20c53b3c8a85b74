"""How questions are asked for in the library's forms: what everybody fills in first, the rest folded away."""

from flask_babel import lazy_gettext as _l

from app.library.authoring.fields.presentation import Ask
from app.quizzes.fields.answers import (
    ACCEPTED,
    CATEGORIES,
    GAPS,
    OPTIONS,
    OTHER_NUMBERS,
    OTHER_UNITS,
    OTHER_WORDS,
    PAIRS,
    RUBRIC,
    VARIABLES,
)
from app.quizzes.fields.pictures import pictures

TYPES = {
    "single": _l("One right answer"),
    "multiple": _l("Several right answers"),
    "true_false": _l("True or false"),
    "numeric": _l("A number"),
    "calculated": _l("A calculation with numbers that change"),
    "short_answer": _l("A few words"),
    "gaps": _l("Gaps to fill in a text"),
    "matching": _l("Things to match"),
    "ordering": _l("Things to put in order"),
    "categories": _l("Things to sort into categories"),
    "free_text": _l("A few sentences, scored by a manager"),
}
_OTHERS = tuple(name for name in TYPES if name not in ("calculated", "gaps"))

_WORDING = (
    Ask("key", "", made_from="title"),
    Ask("title", _l("Short title"), _l("A few words, for the page of results.")),
    Ask("text", _l("Question"), widget="text", types=_OTHERS),
    Ask(
        "text",
        _l("Question"),
        _l("A name in braces stands for a number that each attempt draws: {cost}, {discount}."),
        widget="text",
        types=("calculated",),
    ),
    Ask(
        "text",
        _l("Text with gaps"),
        _l("[[1]] is the first gap, [[2]] the second, wherever they stand."),
        widget="text",
        types=("gaps",),
    ),
)
_ANSWER = (
    OPTIONS,
    Ask("answer", _l("Right answer"), words={"true": _l("True"), "false": _l("False")}),
    Ask("if_true", _l("What to say to who answers “true”")),
    Ask("if_false", _l("What to say to who answers “false”")),
    Ask("value", _l("Right number")),
    VARIABLES,
    Ask(
        "formula",
        _l("Formula"),
        _l("Such as cost * (1 + rate / 100). + - * / ^, parentheses, min max abs round floor ceil; a decimal point."),
        widget="line",
    ),
    Ask("decimals", _l("Decimals of the result"), _l("Rounded to so many; not rounded when left empty.")),
    Ask("tolerance", _l("Tolerance"), _l("By how much an answer may differ and still be right; 0 when left empty.")),
    Ask("unit", _l("Unit"), _l("Such as €, % or fittings."), widget="line"),
    ACCEPTED,
    GAPS,
    Ask("choose", _l("Words are chosen from a list, not typed")),
    Ask(
        "wrong",
        _l("Wrong words of the list"),
        _l("One a line. They stand in the list with the right ones."),
        types=("gaps",),
    ),
    PAIRS,
    Ask("wrong", _l("Matches that belong to nothing"), _l("One a line."), types=("matching",)),
    Ask("items", _l("Things in the right order"), _l("One a line, the first on top. Readers see them in disorder.")),
    CATEGORIES,
    RUBRIC,
    Ask("model_answer", _l("A good answer"), _l("Shown once the reply is scored.")),
    Ask("if_right", _l("What to say when it is right")),
    Ask("if_wrong", _l("What to say when it is wrong")),
    Ask("read_again", _l("What to read again"), widget="link"),
)
_RARE = (
    Ask("points", _l("Points"), _l("1 when left empty."), is_rare=True),
    Ask("hints", _l("Hints"), _l("One a line. Readers ask for them one at a time, and each costs."), is_rare=True),
    Ask("tags", _l("Tags"), _l("One a line. A section of a quiz can draw questions by them."), is_rare=True),
    Ask(
        "relative_tolerance",
        _l("Tolerance in percent"),
        _l("Of the right number; an answer within either tolerance is right."),
        is_rare=True,
    ),
    OTHER_UNITS,
    OTHER_NUMBERS,
    OTHER_WORDS,
    Ask("case_counts", _l("Capital letters count"), is_rare=True),
    Ask("accents_count", _l("Accents count"), is_rare=True),
    Ask(
        "near_miss_credit",
        _l("Credit for one typing error"),
        _l("A part of the points, such as 0.5; none when left empty. The reader is told in any case."),
        widget="share",
        is_rare=True,
    ),
    Ask("most_words", _l("Most words"), _l("300 when left empty."), is_rare=True),
    Ask("shuffle", _l("The order of the answers may change"), is_rare=True),
    Ask(
        "picture",
        _l("Picture"),
        _l("One of those under “Pictures and PDFs”."),
        choices=pictures,
        is_rare=True,
    ),
    Ask(
        "picture_alt",
        _l("What the picture shows"),
        _l("For who cannot see it; needed with a picture."),
        widget="line",
        is_rare=True,
    ),
)
QUESTIONS = Ask(
    "questions",
    _l("Questions"),
    row=_l("Question"),
    add=_l("Add a question"),
    headline="title",
    folded=True,
    rows_of=TYPES,
    asks=(*_WORDING, *_ANSWER, *_RARE),
)
