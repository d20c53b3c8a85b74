"""What the published questions make of attempts that were graded by earlier ones: each result before and after.

A question that did not change keeps its mark, and the pass mark stays the one that the attempt was taken under.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, or_, select

from app.core.database import db, table_of
from app.library.models import Revision
from app.quizzes import grading, papers, replies
from app.quizzes.attempting import attempt_rows, composition
from app.quizzes.attempting.attempt_rows import COLUMNS, AttemptRow
from app.quizzes.models import Answer, Attempt, HintTaken, TextScore
from app.quizzes.questions import FreeTextQuestion, Question
from app.quizzes.regrading import carrying
from app.quizzes.regrading.changes import Change, Forms
from app.quizzes.regrading.regraded_rows import Regraded, Standing

AT_ONCE = 500

_attempt, _answer = table_of(Attempt), table_of(Answer)
_hint, _score = table_of(HintTaken), table_of(TextScore)
_OF_LANGUAGE = select(Revision.id).where(
    Revision.document_id == bindparam("quiz_id"), Revision.language == bindparam("language")
)
_BATCH = (
    select(*COLUMNS)
    .where(
        _attempt.c.document_id == bindparam("quiz_id"),
        _attempt.c.mark.is_not(None),
        _attempt.c.revision_id.in_(_OF_LANGUAGE),
        _attempt.c.id > bindparam("after"),
        # What was taken under this very revision, and draws nothing, has nothing to gain.
        or_(
            _attempt.c.revision_id != bindparam("revision_id"),
            _attempt.c.sheet.is_not(None),
            _attempt.c.revised_revision_id.is_not(None),
        ),
    )
    .order_by(_attempt.c.id)
    .limit(AT_ONCE)
)
_ATTEMPTS: Any = bindparam("attempts", expanding=True)
_KEYS: Any = bindparam("keys", expanding=True)
_ANSWERS = select(
    _answer.c.attempt_id,
    _answer.c.question_key,
    _answer.c.reply,
    func.coalesce(_answer.c.revised_mark, _answer.c.mark).label("mark"),
).where(_answer.c.attempt_id.in_(_ATTEMPTS), _answer.c.question_key.in_(_KEYS))
_HINTS = select(_hint.c.attempt_id, _hint.c.question_key, _hint.c.hints).where(
    _hint.c.attempt_id.in_(_ATTEMPTS), _hint.c.question_key.in_(_KEYS)
)
_SCORES = select(_score.c.attempt_id, _score.c.question_key, _score.c.points, _score.c.maximum).where(
    _score.c.attempt_id.in_(_ATTEMPTS), _score.c.question_key.in_(_KEYS)
)

Place = tuple[UUID, str]


@dataclass(frozen=True)
class Target:
    """What grades again: the published revision of a quiz, those of the banks there are, and whether questions that are
    no longer published are left out."""

    quiz_id: str
    language: str
    revision_id: int
    banks: Mapping[str, int]
    leave_out: bool = False


@dataclass
class Seen:
    """What the plan met on its way: the attempts looked at, those that hold a withdrawn question, and how many each
    change concerns."""

    withdrawn: int = 0
    changes: dict[tuple[str, int], tuple[Change, int]] = field(default_factory=dict)

    def note(self, change: Change) -> None:
        """One more attempt that this change concerns."""
        name = (change.key, id(change))
        self.changes[name] = (change, self.changes.get(name, (change, 0))[1] + 1)


@dataclass(frozen=True)
class _Given:
    """What is kept of the changed questions, by attempt and key."""

    replies: Mapping[Place, dict[str, Any]]
    marks: Mapping[Place, Fraction]
    hints: Mapping[Place, int]
    shares: Mapping[Place, Fraction]


def regraded(target: Target, seen: Seen, *, hold: bool = False) -> Iterator[list[Regraded]]:
    """Each attempt that a change concerns, in batches, in the order of their ids; held until the transaction ends.

    Two statements a batch, two more where hints or written replies are among what changed.
    """
    forms, after = _Forms(target), UUID(int=0)
    statement = _BATCH.with_for_update() if hold else _BATCH
    values = {"quiz_id": target.quiz_id, "language": target.language, "revision_id": target.revision_id}
    while rows := db.session.execute(statement, {**values, "after": after}).all():
        after = rows[-1].id
        attempts = [attempt_rows.from_columns(row) for row in rows]
        concerned = {attempt.id: (attempt, forms.changes(attempt, seen)) for attempt in attempts}
        concerned = {each: pair for each, pair in concerned.items() if pair[1]}
        if concerned:
            given = _given(concerned.values())
            found = [_regrade(attempt, changes, given, forms) for attempt, changes in concerned.values()]
            yield [each for each in found if each is not None]


class _Forms:
    """The changes of each attempt. Attempts that were asked and graded by the same revisions share them."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._published = papers.finder(papers.of(target.revision_id), target.banks)
        self._known: dict[Any, Forms] = {}
        self._change = cache(lambda name, key: self._known[name].change(key))

    def changes(self, attempt: AttemptRow, seen: Seen) -> list[Change]:
        name = self._name(attempt)
        forms, changes, withdrawn = self._known[name], [], False
        for key in keys_of(attempt):
            withdrawn = withdrawn or forms.is_withdrawn(key)
            change: Change | None = self._change(name, key)
            if change is not None:
                seen.note(change)
                changes.append(change)
        seen.withdrawn += withdrawn
        return changes

    def sheet(self, attempt: AttemptRow, changes: Collection[Change]) -> dict[str, Any] | None:
        """What besides the quiz's revision grades it from now on: its `revised_sheet`."""
        revised, banks = attempt.revised_sheet or {}, self._target.banks
        sources = {bank: banks[bank] for bank in (attempt.sheet or {}).get("sources", {}) if bank in banks}
        left_out = {*revised.get("left_out", ()), *(each.key for each in changes if each.now is None)}
        left_out -= {each.key for each in changes if each.now is not None}
        found: dict[str, Any] = {"sources": sources, "left_out": sorted(left_out)}
        if kept := self._kept(attempt, left_out):
            found["kept"] = kept
        return found if sources or left_out or kept else None

    def _kept(self, attempt: AttemptRow, left_out: Collection[str]) -> dict[str, int]:
        """The revisions of the corrected questions that this regrading leaves as they are."""
        if attempt.regraded_by is None:
            return {}
        revised, forms = attempt.revised_sheet or {}, self._known[self._name(attempt)]
        before, banks = revised.get("kept", {}), revised.get("sources", {})
        return {
            key: before.get(key) or (banks[bank] if bank else attempt.regraded_by)
            for key in keys_of(attempt)
            if key not in left_out and forms.is_kept(key) and forms.graded(key)
            for bank in (composition.bank_of(key),)
        }

    def _name(self, attempt: AttemptRow) -> Any:
        sources = (attempt.sheet or {}).get("sources", {})
        name = (attempt.revision_id, repr(sources), attempt.regraded_by, repr(attempt.revised_sheet))
        if name not in self._known:
            asked = papers.find_asked(attempt)
            graded = papers.find_graded(attempt) if attempt.regraded_by else asked
            out = frozenset((attempt.revised_sheet or {}).get("left_out", ()))
            self._known[name] = Forms(asked, graded, self._published, out, self._target.leave_out)
        return name


def keys_of(attempt: AttemptRow) -> Iterable[str]:
    """The keys of the questions that an attempt asked."""
    drawn = (attempt.sheet or {}).get("questions")
    return drawn or [question.key for question in papers.of(attempt.revision_id).questions]


def _given(concerned: Iterable[tuple[AttemptRow, list[Change]]]) -> _Given:
    pairs = list(concerned)
    every = [change for _, changes in pairs for change in changes]
    keys, texts = {each.key for each in every}, {each.key for each in every if isinstance(each.asked, FreeTextQuestion)}
    asked = {"attempts": [attempt.id for attempt, _ in pairs], "keys": list(keys)}
    answers = db.session.execute(_ANSWERS, asked).all()
    hinted = any(each.asked.hints for each in every)
    hints = db.session.execute(_HINTS, asked).all() if hinted else ()
    scores = db.session.execute(_SCORES, {**asked, "keys": list(texts)}).all() if texts else ()
    return _Given(
        {(row.attempt_id, row.question_key): row.reply for row in answers},
        {(row.attempt_id, row.question_key): _fraction(row.mark) for row in answers if row.mark is not None},
        {(row.attempt_id, row.question_key): row.hints for row in hints},
        {(row.attempt_id, row.question_key): Fraction(sum(row.points), row.maximum) for row in scores},
    )


def _regrade(attempt: AttemptRow, changes: list[Change], given: _Given, forms: _Forms) -> Regraded | None:
    """The attempt's two results; None when nothing would be left to count."""
    before, rules = Standing.before(attempt), papers.of(attempt.revision_id).facts
    mark, maximum, marks = before.mark, before.maximum, {}
    for change in changes:
        place = (attempt.id, change.key)
        old = given.marks.get(place, grading.NOTHING)
        if change.was is not None:
            mark, maximum = mark - old, maximum - change.was.points
        if change.now is not None:
            asked, now = _ready(attempt, change)
            new = _mark(place, asked, now, given, rules.hint_cost)
            mark, maximum = mark + new, maximum + now.points
            if new != old and place in given.replies:
                marks[change.key] = new
    if maximum <= 0:
        return None
    after = Standing.of(mark, maximum, rules.pass_mark)
    return Regraded(attempt, before, after, marks, forms.sheet(attempt, changes))


def _mark(place: Place, asked: Question, now: Question, given: _Given, hint_cost: int) -> Fraction:
    """What the reply to the question as asked earns under the form that grades it now."""
    kept, key = given.replies.get(place), now.key
    if kept is None:
        return grading.NOTHING
    reply = carrying.carry(asked, now, replies.from_json(kept))
    shares = {key: given.shares[place]} if place in given.shares else {}
    hints = {key: given.hints.get(place, 0)}
    return grading.grade_all([now], {key: reply}, 0, hints=hints, hint_cost=hint_cost, scores=shares).marks[key]


def _ready(attempt: AttemptRow, change: Change) -> tuple[Question, Question]:
    """The two forms with the values drawn for the attempt put in; the first again, where the new one needs others."""
    values: Mapping[str, str] | None = (attempt.sheet or {}).get("values", {}).get(change.key)
    language = papers.of(attempt.revision_id).language
    asked = composition.ready(change.key, values, language, lambda _: change.asked)
    return asked, composition.ready(change.key, values, language, lambda _: change.now, lambda _: change.asked)


@lru_cache(maxsize=10_000)
def _fraction(written: str) -> Fraction:
    return Fraction(written)
