"""What questions are in SQL: open, unanswered, somebody's to answer. Conditions on the table of remarks."""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from app.accounts.models import Person
from app.core.database import table_of
from app.library.models import Edition
from app.library.remarks.models import Remark

question = table_of(Remark)
answer = table_of(Remark).alias("answer")
edition = table_of(Edition)
_person = table_of(Person).alias("owner_person")

# Nobody has settled it; the words of the index `ix_remark_open`.
is_open: ColumnElement[bool] = and_(
    question.c.parent_id.is_(None), question.c.resolved_at.is_(None), question.c.hidden_at.is_(None)
)
_shown_answer = and_(answer.c.parent_id == question.c.id, answer.c.hidden_at.is_(None))
_last_of_others = (
    select(func.max(answer.c.created_at))
    .where(_shown_answer, answer.c.author_id != question.c.author_id)
    .correlate(question)
    .scalar_subquery()
)
_last_of_asker = (
    select(func.max(answer.c.created_at))
    .where(_shown_answer, answer.c.author_id == question.c.author_id)
    .correlate(question)
    .scalar_subquery()
)
# When the asker last said something.
last_asked: ColumnElement[Any] = func.coalesce(_last_of_asker, question.c.created_at)
# Open, and the last word is the asker's.
waits: ColumnElement[bool] = and_(is_open, or_(_last_of_others.is_(None), _last_of_others < last_asked))
# The published edition that the question was asked on: who answers for it answers the question.
on_edition: ColumnElement[bool] = and_(
    edition.c.document_id == question.c.document_id,
    edition.c.language == question.c.language,
    edition.c.published_id.is_not(None),
)


def news_for_asker(seen: Any) -> ColumnElement[bool]:
    """Whether something happened since the asker last looked: somebody answered, or a moderator hid it."""
    since = func.coalesce(seen, question.c.created_at)
    answered = exists(
        select(answer.c.id)
        .where(_shown_answer, answer.c.author_id != question.c.author_id, answer.c.created_at > since)
        .correlate(question)
    )
    hidden = and_(
        question.c.hidden_at.is_not(None), question.c.hidden_at > since, question.c.hidden_by != question.c.author_id
    )
    return or_(answered, hidden)


def owned_by(email: str) -> ColumnElement[bool]:
    """Whether the edition's owner is the person of this address, alone or as in `Name <mail>`."""
    owner = func.lower(func.trim(edition.c.owner))
    return and_(edition.c.owner.is_not(None), or_(owner == email, owner.endswith(f"<{email}>", autoescape=True)))


def without_owner() -> ColumnElement[bool]:
    """Whether no active person answers for the edition: a mere function, nobody, or an account that was closed."""
    owner = func.lower(func.trim(edition.c.owner))
    active = select(_person.c.id).where(_person.c.deactivated_at.is_(None)).correlate(edition)
    alone = exists(active.where(_person.c.email == owner))
    bracketed = and_(
        owner.like("%<%"), exists(active.where(func.replace(owner, "<" + _person.c.email + ">", "") != owner))
    )
    return or_(edition.c.owner.is_(None), ~or_(alone, bracketed))
