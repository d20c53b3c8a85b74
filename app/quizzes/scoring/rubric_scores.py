"""Written replies, scored by who leads their author: points by criterion, a word about it, and the result at last."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from flask_babel import lazy_gettext as _l
from sqlalchemy import bindparam, select

from app.accounts import teams
from app.accounts.actor import Actor
from app.accounts.authorisation import Action, authorise
from app.accounts.models import Person
from app.activity import journal
from app.activity.journal import Act
from app.core import clock
from app.core.database import db, insert, table_of
from app.core.errors import Conflict, InvalidInput, NotFound
from app.quizzes import acts, papers
from app.quizzes.attempting import attempt_rows, closing
from app.quizzes.attempting.attempt_rows import AttemptRow
from app.quizzes.models import TextScore
from app.quizzes.papers import Paper
from app.quizzes.questions import FreeTextQuestion
from app.quizzes.replies import Reply, Typed
from app.quizzes.scoring import letters, rescoring

LONGEST_COMMENT = 2000

TOO_MANY_POINTS = _l("Give each criterion from 0 to the points beside it.")
COMMENT_TOO_LONG = _l("This comment is too long: at most 2,000 characters.")
SOMEBODY_WAS_FASTER = _l(
    "Somebody else scored this reply in the meantime: their score stands below. Save yours to replace it, or go on."
)
NOT_HANDED_IN = _l("This attempt is still under way: it can be scored once it is handed in.")


@dataclass(frozen=True)
class TextScored:
    """What a written reply was given: points by criterion out of `maximum`, what was said about it, by whom, when."""

    points: tuple[int, ...]
    maximum: int
    comment: str
    by_id: UUID
    by_name: str
    at: datetime

    @property
    def share(self) -> Fraction:
        """The part of the question's points that it earns."""
        return Fraction(sum(self.points), self.maximum)

    @property
    def token(self) -> str:
        """Names this very score, so that a form filled in beside another is found out."""
        told = repr((self.points, self.comment, self.by_id, self.at))
        return hashlib.sha256(told.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Scored:
    """What scoring one reply came to: the attempt as it stands now, and the keys that still wait in it."""

    attempt: AttemptRow
    waiting: tuple[str, ...]


_score = table_of(TextScore)
_SCORES = (
    select(
        *(_score.c[name] for name in ("question_key", "points", "maximum", "comment", "scored_by", "scored_at")),
        Person.name,
    )
    .join(Person, Person.id == _score.c.scored_by)
    .where(_score.c.attempt_id == bindparam("attempt_id"))
)


def scores_of(attempt_id: UUID) -> dict[str, TextScored]:
    """The scores given in an attempt, by question. One statement."""
    rows = db.session.execute(_SCORES, {"attempt_id": attempt_id})
    return {
        row.question_key: TextScored(
            tuple(row.points), row.maximum, row.comment, row.scored_by, row.name, row.scored_at
        )
        for row in rows
    }


def written(paper: Paper, kept: Mapping[str, Reply]) -> list[FreeTextQuestion]:
    """The questions of a paper that were answered in sentences, in its order."""
    return [
        question
        for question in paper.questions
        if isinstance(question, FreeTextQuestion) and isinstance(kept.get(question.key), Typed)
    ]


def allowed(actor: Actor, attempt_id: UUID) -> AttemptRow:
    """An attempt of somebody the actor leads. Raises NotFound."""
    attempt = attempt_rows.find(attempt_id)
    if attempt is None:
        raise NotFound(attempt=attempt_id)
    authorise(actor, Action.SCORE_ATTEMPT, teams.subject_of(attempt.person_id))
    return attempt


def to_score(actor: Actor, attempt_id: UUID) -> AttemptRow:
    """An attempt that was handed in by somebody the actor leads. Raises NotFound; Conflict while it is open."""
    attempt = allowed(actor, attempt_id)
    if attempt.is_open:
        raise Conflict(NOT_HANDED_IN, attempt=attempt_id)
    return attempt


def score(actor: Actor, attempt_id: UUID, key: str, points: Sequence[int], comment: str = "", seen: str = "") -> Scored:
    """Keep the score of a written reply, over the one before, and commit; with the last one the result is known.

    `seen` is the token of the score that the page showed, empty when it showed none. In an attempt that has its result
    already this is a correction: the attempt is graded again, and keeps its first result. Sent twice, it counts once.
    Raises NotFound, InvalidInput, and Conflict when somebody else scored the reply since.
    """
    attempt = to_score(actor, attempt_id)
    # A text is scored on the rubric that stood beside the question when it was answered.
    paper = papers.as_asked(attempt)
    question = paper.question(key)
    if not isinstance(question, FreeTextQuestion):
        raise NotFound(attempt=attempt_id, question=key)
    given, comment = _checked(question, points, comment)
    attempt = attempt_rows.hold(attempt_id)
    kept, scores = attempt_rows.kept_replies(attempt_id), scores_of(attempt_id)
    if key not in kept:
        db.session.rollback()
        raise NotFound(attempt=attempt_id, question=key)
    if not _is_there(scores.get(key), given, comment, seen, actor):
        _keep(actor, attempt, question, given, comment)
        scores = scores_of(attempt_id)
        _settle(actor, attempt, _unscored(written(paper, kept), scores))
    db.session.commit()
    return Scored(attempt_rows.find(attempt_id) or attempt, _unscored(written(paper, kept), scores))


def _checked(question: FreeTextQuestion, points: Sequence[int], comment: str) -> tuple[tuple[int, ...], str]:
    rubric = question.rubric
    if len(points) != len(rubric) or not all(
        0 <= given <= criterion.points for given, criterion in zip(points, rubric, strict=False)
    ):
        raise InvalidInput(TOO_MANY_POINTS, field="points")
    comment = _clean(comment)
    if len(comment) > LONGEST_COMMENT:
        raise InvalidInput(COMMENT_TOO_LONG, field="comment", length=len(comment))
    return tuple(points), comment


def _clean(text: str) -> str:
    """Without the control characters that come from no keyboard; lines stay lines."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("".join(letter if letter.isprintable() else " " for letter in line) for line in lines).strip()


def _is_there(old: TextScored | None, points: tuple[int, ...], comment: str, seen: str, actor: Actor) -> bool:
    """Whether this very score is there already. Raises Conflict when another one is than the page showed."""
    if old is not None and (old.points, old.comment, old.by_id) == (points, comment, actor.id):
        return True
    if (old.token if old else "") != seen:
        db.session.rollback()
        raise Conflict(SOMEBODY_WAS_FASTER)
    return False


def _keep(actor: Actor, attempt: AttemptRow, question: FreeTextQuestion, points: tuple[int, ...], comment: str) -> None:
    maximum = sum(criterion.points for criterion in question.rubric)
    values = {
        "points": list(points),
        "maximum": maximum,
        "comment": comment,
        "scored_by": actor.id,
        "scored_at": clock.now(),
    }
    statement = insert(_score).values(attempt_id=attempt.id, question_key=question.key, **values)
    db.session.execute(statement.on_conflict_do_update(index_elements=["attempt_id", "question_key"], set_=values))
    details: dict[str, journal.Detail] = {
        "attempt": str(attempt.id),
        "question": question.key,
        "points": sum(points),
        "maximum": maximum,
    }
    journal.record(Act(acts.SCORED, actor.id, attempt.document_id, attempt.revision_id, details))


def _settle(actor: Actor, attempt: AttemptRow, waiting: Sequence[str]) -> None:
    """Finish the attempt with its last score; grade it again when it had its result before."""
    has_result = closing.finish(attempt) if attempt.is_unscored and not waiting else False
    if has_result or (not attempt.is_unscored and rescoring.correct(actor, attempt)):
        letters.tell_author(attempt.id, actor)


def _unscored(questions: Iterable[FreeTextQuestion], scores: Mapping[str, TextScored]) -> tuple[str, ...]:
    return tuple(question.key for question in questions if question.key not in scores)
