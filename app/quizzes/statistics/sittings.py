"""Attempts that have a result, and the answers in them, as statistics read them: nobody's name, few statements."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlalchemy import Subquery, Text, bindparam, case, cast, func, select, type_coerce
from sqlalchemy.types import NullType

from app.core.database import db, table_of
from app.library.models import Revision
from app.quizzes.attempting.composition import bank_of
from app.quizzes.models import Answer, Attempt

_attempt, _answer = table_of(Attempt), table_of(Answer)


@dataclass(frozen=True)
class Sitting:
    """An attempt that counts. `id` and `person` are as the database gives them, good for telling apart alone.

    `mark` and `maximum` are what counts now, as written.
    """

    id: Any
    person: Any
    quiz_id: str
    revision: int
    regraded_by: int | None
    mark: str
    maximum: str
    sheet: dict[str, Any] | None
    revised_sheet: dict[str, Any] | None

    @property
    def share(self) -> Fraction:
        """What it earned of what it could."""
        maximum = Fraction(self.maximum)
        return Fraction(self.mark) / maximum if maximum else Fraction(0)

    @property
    def left_out(self) -> frozenset[str]:
        """The questions that a regrading took out of it."""
        return frozenset((self.revised_sheet or {}).get("left_out", ()))

    def source(self, key: str) -> tuple[int | None, int | None]:
        """The revision that a question comes from, and the one that graded it again: of its bank, or of the quiz."""
        bank = bank_of(key)
        if bank is None:
            return self.revision, self.regraded_by
        first = (self.sheet or {}).get("sources", {}).get(bank)
        return first, (self.revised_sheet or {}).get("sources", {}).get(bank) if self.regraded_by else None

    def asked(self, own: Sequence[str]) -> list[str]:
        """The keys of what it asks; `own` are those of the quiz, which it asks when nothing was drawn."""
        keys = (self.sheet or {}).get("questions") or own
        left_out = self.left_out
        return [key for key in keys if key not in left_out] if left_out else list(keys)


# Ids stay what the driver gives: making a UUID of each of 400,000 would take longer than the figures.
_id, _person = type_coerce(_attempt.c.id, NullType()), type_coerce(_attempt.c.person_id, NullType())
_COLUMNS = (
    _id.label("id"),
    _person.label("person"),
    _attempt.c.document_id,
    _attempt.c.revision_id,
    _attempt.c.revised_revision_id,
    func.coalesce(_attempt.c.revised_mark, _attempt.c.mark),
    func.coalesce(_attempt.c.revised_maximum, _attempt.c.maximum),
    _attempt.c.sheet,
    _attempt.c.revised_sheet,
)
_has_result = _attempt.c.mark.is_not(None)
_OF_QUIZ = (
    select(*_COLUMNS)
    .where(_attempt.c.document_id == bindparam("quiz_id"), _has_result)
    .order_by(_attempt.c.submitted_at, _attempt.c.id)
)
# A regraded attempt has two marks a reply: the later one counts.
_mark = case(
    (_attempt.c.revised_mark.is_not(None), func.coalesce(_answer.c.revised_mark, _answer.c.mark)), else_=_answer.c.mark
)
_WITH_ANSWERS = select(
    type_coerce(_answer.c.attempt_id, NullType()),
    _answer.c.question_key,
    _mark,
    # Of choices alone: what was typed may be long, and is not looked at here.
    case((_answer.c.question_key.in_(bindparam("choices", expanding=True)), cast(_answer.c.reply, Text)), else_=None),
).join(_attempt, _attempt.c.id == _answer.c.attempt_id)
_ANSWERS = _WITH_ANSWERS.where(_attempt.c.document_id == bindparam("quiz_id"), _has_result)
_REPLIES = (
    select(type_coerce(_answer.c.attempt_id, NullType()), _answer.c.reply, _mark)
    .join(_attempt, _attempt.c.id == _answer.c.attempt_id)
    .where(
        _attempt.c.document_id == bindparam("quiz_id"), _has_result, _answer.c.question_key == bindparam("question_key")
    )
)
_REVISIONS = (
    select(Revision.id, Revision.number, Revision.language, Revision.published_at)
    .where(Revision.document_id == bindparam("quiz_id"))
    .order_by(Revision.number)
)

AnswerRow = tuple[Any, str, str | None, str | None]


def of_quiz(quiz_id: str) -> list[Sitting]:
    """Every attempt at a quiz that has a result, in the order handed in. One statement."""
    return [Sitting(*row) for row in db.session.execute(_OF_QUIZ, {"quiz_id": quiz_id})]


def answers_of(quiz_id: str, choices: Iterable[str]) -> Iterator[AnswerRow]:
    """Attempt, question, mark and, of these choices, the reply as JSON text. One statement."""
    yield from db.session.execute(_ANSWERS, {"quiz_id": quiz_id, "choices": sorted(choices)})


def replies_to(quiz_id: str, key: str) -> Iterator[tuple[Any, dict[str, Any], str | None]]:
    """Attempt, reply and mark of every answer to one question. One statement."""
    yield from db.session.execute(_REPLIES, {"quiz_id": quiz_id, "question_key": key})


def revisions_of(quiz_id: str) -> list[Any]:
    """The published revisions of a quiz, in all languages, the oldest first. One statement."""
    return list(db.session.execute(_REVISIONS, {"quiz_id": quiz_id}))


def latest(quiz_ids: Iterable[str], most: int) -> tuple[list[Sitting], Subquery]:
    """The first attempts of people at these quizzes, at most so many a quiz, the latest ones, in the order handed in;
    and their ids, for `answers_in`. One statement."""
    order = (_attempt.c.submitted_at, _attempt.c.id)
    firsts = (
        select(
            _attempt.c.id,
            _attempt.c.document_id,
            _attempt.c.submitted_at,
            func.row_number()
            .over(partition_by=(_attempt.c.document_id, _attempt.c.person_id), order_by=order)
            .label("number"),
        )
        .where(_attempt.c.document_id.in_(sorted(quiz_ids)), _has_result)
        .subquery()
    )
    aged = (
        select(
            firsts.c.id,
            func.row_number()
            .over(partition_by=firsts.c.document_id, order_by=(firsts.c.submitted_at.desc(), firsts.c.id.desc()))
            .label("age"),
        )
        .where(firsts.c.number == 1)
        .subquery()
    )
    chosen = select(aged.c.id).where(aged.c.age <= most).subquery()
    rows = db.session.execute(select(*_COLUMNS).join(chosen, chosen.c.id == _attempt.c.id).order_by(*order))
    return [Sitting(*row) for row in rows], chosen


def answers_in(chosen: Subquery, choices: Iterable[str]) -> Iterator[AnswerRow]:
    """As `answers_of`, for these attempts. One statement."""
    statement = _WITH_ANSWERS.join(chosen, chosen.c.id == _attempt.c.id)
    yield from db.session.execute(statement, {"choices": sorted(choices)})


def fingerprint_of_all() -> dict[str, tuple[Any, ...]]:
    """For each quiz, what changes when a result is added or changed: how many, the latest, how many regraded. One
    statement."""
    rows = db.session.execute(
        select(
            _attempt.c.document_id,
            func.count(_attempt.c.mark),
            func.max(_attempt.c.submitted_at),
            func.count(_attempt.c.revised_mark),
            func.max(_attempt.c.revised_revision_id),
        ).group_by(_attempt.c.document_id)
    )
    return {row[0]: tuple(row[1:]) for row in rows}
