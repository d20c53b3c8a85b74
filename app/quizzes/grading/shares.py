"""The share of its points that a reply earns, by the type of the question, and what else there is to say of it."""

from fractions import Fraction

from app.quizzes import numbers
from app.quizzes.grading import arranged, choices, typed
from app.quizzes.questions import (
    CalculatedQuestion,
    CategoriesQuestion,
    FreeTextQuestion,
    GapsQuestion,
    MatchingQuestion,
    MultipleQuestion,
    NumericQuestion,
    OrderingQuestion,
    Question,
    ShortAnswerQuestion,
    SingleQuestion,
    TrueFalseQuestion,
)
from app.quizzes.questions.parts import ALL, NOTHING
from app.quizzes.replies import Chosen, Filled, Judged, Placed, Reply, Typed


def share(question: Question, reply: Reply | None) -> Fraction:
    """The part of the points that a reply earns, from 0 to 1. A reply of another type than the question's earns 0, and
    so does a free text, which only a manager can score.

    A calculated question is graded as the number that its values make (`calculated.resolve`); as itself it is refused
    with a TypeError.
    """
    match question, reply:
        case SingleQuestion(), Chosen():
            return choices.single(question, reply)
        case MultipleQuestion(), Chosen():
            return choices.multiple(question, reply)
        case TrueFalseQuestion(), Judged():
            return ALL if reply.answer is question.answer else NOTHING
        case NumericQuestion(), Typed():
            return typed.numeric(question, reply)
        case ShortAnswerQuestion(), Typed():
            return typed.short_answer(question, reply)
        case OrderingQuestion(), Placed():
            return arranged.ordering(question, reply)
        case ((GapsQuestion() | MatchingQuestion() | CategoriesQuestion()), (Placed() | Filled())):
            return arranged.share_of(parts_right(question, reply))
        case CalculatedQuestion(), Typed():
            raise TypeError(f"the calculated question “{question.key}” without its values")
        case _:
            return NOTHING


def parts_right(question: Question, reply: Reply | None) -> tuple[bool, ...]:
    """For each gap, prompt or item, in the order of the file, whether it is right; empty for other types."""
    match question, reply:
        case GapsQuestion(choose=True), Placed():
            return arranged.words_in_gaps(question, reply)
        case GapsQuestion(choose=False), Filled():
            return arranged.typed_in_gaps(question, reply)
        case ((MatchingQuestion() | CategoriesQuestion()), Placed()):
            return arranged.in_place(question, reply)
        case OrderingQuestion(), Placed():
            return arranged.at_positions(question, reply)
        case _:
            return (False,) * things_in(question)


def things_in(question: Question) -> int:
    """How many gaps, prompts or items are to be filled or placed; 0 for other types."""
    match question:
        case GapsQuestion():
            return len(question.gaps)
        case MatchingQuestion() | CategoriesQuestion():
            return len(question.right_places)
        case OrderingQuestion():
            return len(question.items)
        case _:
            return 0


def near_miss(question: Question, reply: Reply | None) -> bool:
    """Whether words are not right, but one typing error away from it; for gaps, whether those of one are."""
    if isinstance(question, ShortAnswerQuestion) and isinstance(reply, Typed):
        return typed.near_word(question, reply)
    return bool(near_gaps(question, reply))


def near_gaps(question: Question, reply: Reply | None) -> frozenset[int]:
    """The typed gaps, from 0, that are one typing error away from right; none for other types."""
    if isinstance(question, GapsQuestion) and not question.choose and isinstance(reply, Filled):
        return arranged.near_gaps(question, reply)
    return frozenset()


def is_readable(question: Question, reply: Reply | None) -> bool:
    """Whether there is a reply that is complete and can be read: a number where one is asked for, nothing left without
    its place, no two items at one position, no more words than asked for."""
    match question, reply:
        case ((NumericQuestion() | CalculatedQuestion()), Typed()):
            return bool(numbers.readings(reply.text, question.unit, question.units))
        case FreeTextQuestion(), Typed():
            return len(reply.text.split()) <= question.most_words
        case OrderingQuestion(), Placed():
            return len(set(reply.places.values())) == len(question.items)
        case _, Placed():
            return len(reply.places) == things_in(question)
        case _, Filled():
            return len(reply.texts) == things_in(question)
        case _:
            return reply is not None
