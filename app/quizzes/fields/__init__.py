"""How quizzes and banks are asked for in the library's forms."""

from flask_babel import lazy_gettext as _l

from app.library.authoring.fields.choices import documents
from app.library.authoring.fields.common import TITLE, stewardship
from app.library.authoring.fields.presentation import Ask, Presentation, Section
from app.quizzes.fields.questions import QUESTIONS

_FEEDBACK = {
    "at_once": _l("At once, after each question"),
    "handed_in": _l("Once the quiz is handed in"),
    "never": _l("Never"),
}
_ANSWERS = {
    "handed_in": _l("Once the quiz is handed in"),
    "passed": _l("Once the quiz is passed"),
    "never": _l("Never"),
}
_SECTIONS = Ask(
    "sections",
    _l("Sections"),
    row=_l("Section"),
    add=_l("Add a section"),
    headline="title",
    asks=(
        Ask("title", _l("Title"), widget="line"),
        Ask("bank", _l("Bank"), _l("Left empty: the questions of this quiz."), choices=documents("bank")),
        Ask("tags", _l("Tags"), _l("One a line: only questions that have them all. Left empty: any question.")),
        Ask("draw", _l("Questions drawn at random"), _l("Left empty: all of them. A bank always says how many.")),
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
                Ask("attempts", _l("Attempts allowed"), _l("Empty: as many as one likes."), is_rare=True),
                Ask("cooling_hours", _l("Hours between two attempts"), _l("0 when left empty."), is_rare=True),
                Ask("shuffle", _l("Questions in another order each time"), is_rare=True),
                Ask("shuffle_options", _l("Answers in another order each time"), is_rare=True),
                Ask(
                    "hint_cost",
                    _l("Cost of a hint, in percent"),
                    _l("Of the points of its question; 25 when left empty."),
                    is_rare=True,
                ),
                Ask(
                    "show_feedback",
                    _l("When readers see what their answer is worth"),
                    _l("At once: an answer that was checked no longer changes."),
                    words=_FEEDBACK,
                    is_rare=True,
                ),
                Ask("show_answers", _l("When readers see the right answers"), words=_ANSWERS, is_rare=True),
            ),
        ),
        Section(_l("Questions"), (QUESTIONS,)),
        Section(
            _l("Drawing at random"),
            (_SECTIONS,),
            _l("Without a section every question is asked. With sections, each draws its own, one after the other."),
        ),
        stewardship(),
    )
)
BANK = Presentation(
    (
        Section(
            _l("The bank"),
            (
                TITLE,
                Ask(
                    "offer",
                    _l("Offer"),
                    _l("For a bank whose questions are made from an offer."),
                    choices=documents("offer"),
                    is_rare=True,
                ),
                Ask(
                    "rejected",
                    _l("Keys of questions not wanted"),
                    _l("One a line: questions of the offer that are not made again."),
                    is_rare=True,
                ),
            ),
            _l("Quizzes draw from it: name it in a section of a quiz."),
        ),
        Section(_l("Questions"), (QUESTIONS,)),
        stewardship(),
    )
)
