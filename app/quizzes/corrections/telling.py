"""What is said of a reply: the common part, and which function says the rest."""

from fractions import Fraction

from app.quizzes import grading
from app.quizzes.corrections import arranged, choices, typed, written
from app.quizzes.corrections.parts import Correction, Scored, Shown, Told
from app.quizzes.grading import Verdict
from app.quizzes.questions import (
    CategoriesQuestion,
    FreeTextQuestion,
    GapsQuestion,
    MatchingQuestion,
    MultipleQuestion,
    NumericQuestion,
    OrderingQuestion,
    ShortAnswerQuestion,
    SingleQuestion,
    TrueFalseQuestion,
)
from app.quizzes.replies import Reply
from app.quizzes.sections import section
from app.quizzes.sheets import Sheet


def correct(
    sheet: Sheet,
    reply: Reply | None,
    mark: Fraction,
    shown: Shown,
    *,
    hints: int = 0,
    hint_cost: int = 0,
    scored: Scored | None = None,
) -> Correction:
    """The correction of one question; nothing in it tells more than `shown` allows."""
    question = sheet.question
    verdict = _verdict(sheet, reply, scored)
    is_doubtful = reply is not None and not grading.is_readable(question, reply)
    is_number = isinstance(question, NumericQuestion)
    return Correction(
        sheet=sheet,
        asked=arranged.numbered(sheet.html) if isinstance(question, GapsQuestion) else sheet.html,
        verdict=verdict,
        mark=mark,
        told=_told(sheet, reply, shown, is_right=verdict is Verdict.RIGHT),
        is_unreadable=is_doubtful and is_number,
        is_incomplete=is_doubtful and not is_number and not isinstance(question, FreeTextQuestion),
        hints=hints,
        lost=min(100, hints * hint_cost),
        scored=scored,
        section=section(question.read_again),
        shown=shown,
    )


def _verdict(sheet: Sheet, reply: Reply | None, scored: Scored | None) -> Verdict | None:
    """The reply's own, before hints cost anything."""
    question = sheet.question
    if not isinstance(question, FreeTextQuestion):
        return grading.verdict(question, grading.grade(question, reply))
    if reply is None:
        return Verdict.TO_REVIEW
    if scored is None:
        return None
    return grading.verdict(question, question.points * scored.share)


def _told(sheet: Sheet, reply: Reply | None, shown: Shown, *, is_right: bool) -> Told:
    match sheet.question:
        case SingleQuestion() | MultipleQuestion() as question:
            return choices.options(sheet, question, reply, shown, is_right=is_right)
        case TrueFalseQuestion() as question:
            return choices.judgement(sheet, question, reply, shown, is_right=is_right)
        case NumericQuestion() as question:
            return typed.number(sheet, question, reply, shown, is_right=is_right)
        case ShortAnswerQuestion() as question:
            return typed.words(sheet, question, reply, shown, is_right=is_right)
        case GapsQuestion() as question:
            return arranged.gaps(sheet, question, reply, shown, is_right=is_right)
        case MatchingQuestion() | CategoriesQuestion() as question:
            return arranged.pairing(sheet, question, reply, shown, is_right=is_right)
        case OrderingQuestion() as question:
            return arranged.ordering(sheet, question, reply, shown, is_right=is_right)
        case FreeTextQuestion():
            return written.sentences(sheet, reply, shown)
        case _:
            return Told()
