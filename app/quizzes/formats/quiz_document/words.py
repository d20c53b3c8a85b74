"""Questions answered in words, from and to the neutral question."""

from fractions import Fraction
from typing import Any

from app.quizzes import questions as types
from app.quizzes.formats.model import ANYTHING, FULL, NONE, Criterion, Option, Question
from app.quizzes.formats.quiz_document.fitting import Fitted, Says, Unfit, credit
from app.quizzes.formats.quiz_document.numbers import said

USUAL_POINTS = 4
_USUAL = {"fr": "La réponse est juste et complète.", "en": "The answer is right and complete."}
_NO_MODEL = {"fr": "Comparez avec la page à relire.", "en": "Compare with the page to read again."}
FEWEST_WORDS, MOST_WORDS = 10, 2000


def from_short_answer(question: types.ShortAnswerQuestion) -> dict[str, Any]:
    """What is accepted, the other words, anything else."""
    accepted = (Option(each, FULL, question.if_right) for each in question.accepted)
    also = (Option(each.text, Fraction(each.credit), each.feedback) for each in question.also)
    return {
        "options": (*accepted, *also, Option(ANYTHING, NONE, question.if_wrong)),
        "case_counts": question.case_counts,
        "accents_count": question.accents_count,
        "near_miss": Fraction(question.near_miss_credit),
    }


def from_free_text(question: types.FreeTextQuestion) -> dict[str, Any]:
    """The model answer is the general feedback."""
    return {
        "feedback": question.model_answer,
        "rubric": tuple(Criterion(each.name, each.points) for each in question.rubric),
        "most_words": question.most_words,
    }


def short_answer(question: Question, says: Says, fitted: Fitted) -> None:
    """Words that earn all and are told the same are accepted; the others stand beside them."""
    full = [each for each in question.options if each.fraction == FULL and each.text != ANYTHING]
    if not full:
        raise Unfit("a short answer in which anything is right")
    accepted = [each for each in full if each.feedback == full[0].feedback]
    others = next((each for each in question.options if each.text == ANYTHING), Option(ANYTHING))
    also = [each for each in question.options if each.text != ANYTHING and each not in accepted]
    if others.fraction > NONE:  # whatever is typed earns a part
        also.append(others)
        others = Option(ANYTHING)
    fitted.values["accepted"] = list(dict.fromkeys(each.text for each in accepted))
    if also:
        fitted.values["also"] = [_also(each, says, fitted) for each in also]
    for name in ("case_counts", "accents_count"):
        if getattr(question, name):
            fitted.values[name] = True
    if question.near_miss:
        fitted.values["near_miss_credit"] = credit(question.near_miss, fitted)
    said(full[0], (others,), says, fitted)


def _also(option: Option, says: Says, fitted: Fitted) -> dict[str, Any]:
    row: dict[str, Any] = {"text": option.text}
    if option.fraction:
        row["credit"] = credit(option.fraction, fitted)
    return row | {"feedback": says.of(option.feedback, option.fraction > NONE)}


def free_text(question: Question, says: Says, fitted: Fitted) -> None:
    """A rubric of one criterion where the file has none; the general feedback is the model answer."""
    rubric = question.rubric
    if not rubric:
        rubric = (Criterion(says.words(_USUAL), USUAL_POINTS),)
        fitted.notes.append("without a rubric: one criterion is put in")
    if not question.feedback:
        fitted.notes.append("without a model answer")
    fitted.values["rubric"] = [{"name": each.name, "points": each.points} for each in rubric]
    fitted.values["model_answer"] = question.feedback or says.words(_NO_MODEL)
    if question.most_words is not None:
        most = min(MOST_WORDS, max(FEWEST_WORDS, question.most_words))
        if most != question.most_words:
            fitted.losses.append(f"its {question.most_words} words at most become {most}")
        fitted.values["most_words"] = most
