"""Corrections of what was typed in a few words or figures."""

from decimal import Decimal

from flask_babel import format_decimal
from flask_babel import gettext as _

from app.quizzes import grading, numbers
from app.quizzes.corrections.parts import Line, Shown, Told
from app.quizzes.questions import NumericQuestion, ShortAnswerQuestion
from app.quizzes.replies import Reply, Typed
from app.quizzes.sheets import Sheet
from app.quizzes.wording import essence


def number(sheet: Sheet, question: NumericQuestion, reply: Reply | None, shown: Shown, *, is_right: bool) -> Told:
    """The number given and the right one; what the author says to it, or to another number that it is."""
    expected = (Line(words=_expected(question)),) if shown.answers and not is_right else ()
    said = sheet.row_feedback[other] if (other := _other_number(question, reply)) is not None and not is_right else ""
    return Told(_given(reply), expected, feedback=_said(sheet, shown, said, is_right=is_right))


def words(sheet: Sheet, question: ShortAnswerQuestion, reply: Reply | None, shown: Shown, *, is_right: bool) -> Told:
    """The words given and the accepted ones; what the author says to them, or to other words that they are."""
    accepted = [each.replace("\\*", "*") if "\\*" in each else each.replace("*", "…") for each in question.accepted]
    expected = (Line(words=_(" or ").join(accepted)),) if shown.answers and not is_right else ()
    said = sheet.row_feedback[other] if (other := _other_words(question, reply)) is not None and not is_right else ""
    return Told(
        _given(reply),
        expected,
        feedback=_said(sheet, shown, said, is_right=is_right),
        is_near=shown.marks and not is_right and grading.near_miss(question, reply),
    )


def _given(reply: Reply | None) -> tuple[Line, ...]:
    return (Line(words=reply.text),) if isinstance(reply, Typed) else ()


def _said(sheet: Sheet, shown: Shown, other: str, *, is_right: bool) -> str:
    if not shown.feedback:
        return ""
    return other or sheet.feedback["if_right" if is_right else "if_wrong"]


def _other_number(question: NumericQuestion, reply: Reply | None) -> int | None:
    """Which of the other numbers the reply is."""
    if not isinstance(reply, Typed):
        return None
    read = numbers.readings(reply.text, question.unit, question.units)
    others = enumerate(question.bounds[1:])
    return next((place for place, (low, high, _credit) in others if any(low <= each <= high for each in read)), None)


def _other_words(question: ShortAnswerQuestion, reply: Reply | None) -> int | None:
    """Which of the other words the reply is."""
    if not isinstance(reply, Typed):
        return None
    given = essence(reply.text, case=question.case_counts, accents=question.accents_count)
    return next((place for place, (other, _credit) in enumerate(question.others) if other.holds(given)), None)


def _expected(question: NumericQuestion) -> str:
    value = _with_unit(question.value, question.unit)
    near = [_decimal(question.tolerance)] if question.tolerance else []
    near += [_("%(percent)s %%", percent=_decimal(question.relative_tolerance))] if question.relative_tolerance else []
    return str(
        _("%(value)s, give or take %(tolerance)s", value=value, tolerance=_(" or ").join(near)) if near else value
    )


def _with_unit(value: Decimal, unit: str | None) -> str:
    return f"{_decimal(value)}\u00a0{unit}" if unit else _decimal(value)


def _decimal(value: Decimal) -> str:
    return str(format_decimal(value, format="#,##0.#########"))
