"""Corrections of what was picked."""

from flask_babel import gettext as _

from app.quizzes.corrections.parts import Line, Shown, Told
from app.quizzes.questions import MultipleQuestion, SingleQuestion, TrueFalseQuestion
from app.quizzes.replies import Chosen, Judged, Reply
from app.quizzes.sheets import Sheet


def options(
    sheet: Sheet, question: SingleQuestion | MultipleQuestion, reply: Reply | None, shown: Shown, *, is_right: bool
) -> Told:
    """The options picked, each with what the author says to it; the right ones among the others."""
    picked = reply.options if isinstance(reply, Chosen) else frozenset()
    marks = shown.marks and isinstance(question, MultipleQuestion)
    # What was picked rightly is not said twice.
    missed = question.right - picked if shown.answers and not is_right else frozenset()
    return Told(
        tuple(_line(sheet, place, shown, place in question.right if marks else None) for place in sorted(picked)),
        tuple(_line(sheet, place, shown) for place in sorted(missed)),
    )


def judgement(sheet: Sheet, question: TrueFalseQuestion, reply: Reply | None, shown: Shown, *, is_right: bool) -> Told:
    """True or false, with what the author says to it."""
    given = (Line(words=_judged(reply.answer)),) if isinstance(reply, Judged) else ()
    expected = (Line(words=_judged(question.answer)),) if shown.answers and not is_right else ()
    said = ""
    if shown.feedback and isinstance(reply, Judged):
        said = sheet.feedback["if_true" if reply.answer else "if_false"]
    elif shown.feedback and shown.answers:
        said = sheet.feedback["if_true" if question.answer else "if_false"]
    return Told(given, expected, feedback=said)


def _line(sheet: Sheet, place: int, shown: Shown, is_right: bool | None = None) -> Line:
    choice = sheet.choices[place]
    return Line(html=choice.html, feedback=choice.feedback if shown.feedback else "", is_right=is_right)


def _judged(answer: bool) -> str:
    return str(_("True") if answer else _("False"))
