"""How a quiz and its questions are asked for in the library's forms."""

from flask_babel import lazy_gettext as _l

from app.library.authoring.fields.choices import documents
from app.library.authoring.fields.common import TITLE, stewardship
from app.library.authoring.fields.presentation import Ask, Presentation, Section

TYPES = {
    "single": _l("One right answer"),
    "multiple": _l("Several right answers"),
    "true_false": _l("True or false"),
    "numeric": _l("A number"),
    "short_answer": _l("A few words"),
}
_OPTIONS = Ask(
    "options",
    _l("Answers to choose from"),
    _l("Tick what is right. Each answer says what to think of it."),
    row=_l("Answer"),
    add=_l("Add an answer"),
    asks=(
        Ask("text", _l("Answer")),
        Ask("right", _l("It is right")),
        Ask("feedback", _l("What to say to who chose it")),
    ),
)
_QUESTIONS = Ask(
    "questions",
    _l("Questions"),
    row=_l("Question"),
    add=_l("Add a question"),
    headline="title",
    folded=True,
    rows_of=TYPES,
    asks=(
        Ask("key", "", made_from="title"),
        Ask("title", _l("Short title"), _l("A few words, for the page of results.")),
        Ask("text", _l("Question"), widget="text"),
        _OPTIONS,
        Ask("answer", _l("Right answer"), words={"true": _l("True"), "false": _l("False")}),
        Ask("if_true", _l("What to say to who answers “true”")),
        Ask("if_false", _l("What to say to who answers “false”")),
        Ask("value", _l("Right number")),
        Ask(
            "tolerance", _l("Tolerance"), _l("By how much an answer may differ and still be right; 0 when left empty.")
        ),
        Ask("unit", _l("Unit"), _l("Such as €, % or fittings."), widget="line"),
        Ask("accepted", _l("Answers that count as right"), _l("One a line; case and accents do not matter.")),
        Ask("if_right", _l("What to say when it is right")),
        Ask("if_wrong", _l("What to say when it is wrong")),
        Ask("read_again", _l("What to read again"), widget="link"),
        Ask("points", _l("Points"), _l("1 when left empty.")),
    ),
)
QUIZ = Presentation(
    (
        Section(
            _l("The quiz"),
            (
                TITLE,
                Ask("step", _l("Step"), choices=documents("step")),
                Ask("order", _l("Order"), _l("Its place among the quizzes of the step.")),
                Ask("intro", _l("Introduction"), widget="text"),
                Ask("pass_mark", _l("Pass mark, in percent")),
                Ask("time_limit_minutes", _l("Time limit, in minutes"), _l("Empty: no limit.")),
            ),
        ),
        Section(_l("Questions"), (_QUESTIONS,)),
        stewardship(),
    )
)
