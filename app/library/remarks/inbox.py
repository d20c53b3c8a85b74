"""The questions that wait for somebody: on *Today*, on their own page, and in the list for authors."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import ColumnElement, Row, Select, and_, case, false, func, literal, or_, select, union_all

from app.accounts.actor import Actor
from app.accounts.authorisation import Action, may
from app.accounts.models import Person
from app.core import languages
from app.core.database import db, table_of
from app.core.pagination import PER_PAGE, Page
from app.library import catalogue, desk
from app.library.catalogue import Entry
from app.library.desk import Waiting
from app.library.markup import plain_text
from app.library.parsing import link_address
from app.library.remarks import texts
from app.library.remarks.states import (
    edition,
    is_open,
    news_for_asker,
    on_edition,
    owned_by,
    question,
    waits,
    without_owner,
)

MOST_OWNED = 50
MOST_LINES = 3
EXCERPT = 160
STATES = ("waiting", "open", "resolved", "hidden")
WHOSE = ("everybody", "mine", "nobody")

_asker = table_of(Person).alias("asker")


@dataclass(frozen=True)
class Listed:
    """A question in a list. `entry` is None for a document that was archived since."""

    id: UUID
    document_id: str
    entry: Entry | None
    title: str
    heading: str
    asker: str
    excerpt: str
    language: str
    at: datetime
    is_owned: bool

    @property
    def address(self) -> str:
        """Where it is answered."""
        return f"/questions/{self.document_id}?remark={self.id}#remark-{self.id}"


@dataclass(frozen=True)
class Wanted:
    """How the list is narrowed: one of STATES and one of WHOSE."""

    state: str = "waiting"
    whose: str = "everybody"


@desk.adds
def waiting_for(actor: Actor) -> list[Waiting]:
    """Answers to read, and questions to answer on one's own documents; for authors, those that nobody answers for."""
    rows = db.session.execute(_for_today(actor)).all()
    news = [row for row in rows if row.what == "news"]
    to_answer = [row for row in rows if row.what == "mine"]
    orphans = sum(row.number for row in rows if row.what == "nobody")
    lines = [_news_line(row) for row in news[:MOST_LINES]]
    if len(news) > MOST_LINES:
        lines = [_many_news(len(news))]
    if to_answer:
        lines.append(_answer_line(to_answer))
    if orphans:
        lines.append(_orphan_line(orphans))
    return lines


def owned_and_waiting(actor: Actor) -> list[Listed]:
    """What waits for the answer of who owns the document, the longest first. One statement."""
    rows = db.session.execute(
        _LISTED.where(waits, owned_by(actor.email), question.c.author_id != actor.id)
        .order_by(question.c.created_at, question.c.id)
        .limit(MOST_OWNED)
    )
    return [_listed(row, actor) for row in rows]


def listed(actor: Actor, wanted: Wanted, number: int) -> Page[Listed]:
    """The questions of the whole library for authors, those that wait longest first. Two statements."""
    where = _where(actor, wanted)
    base = select(func.count()).select_from(question.outerjoin(edition, on_edition)).where(*where)
    total = db.session.execute(base).scalar_one()
    order = question.c.created_at if wanted.state in ("waiting", "open") else question.c.created_at.desc()
    rows = db.session.execute(
        _LISTED.where(*where).order_by(order, question.c.id).limit(PER_PAGE).offset((number - 1) * PER_PAGE)
    )
    return Page([_listed(row, actor) for row in rows], number, total)


_LISTED: Select[Any] = (
    select(
        question.c.id,
        question.c.document_id,
        question.c.language,
        question.c.heading,
        question.c.text,
        question.c.created_at,
        edition.c.owner,
        _asker.c.name.label("asker"),
    )
    .select_from(question.outerjoin(edition, on_edition))
    .join(_asker, _asker.c.id == question.c.author_id)
)


def _where(actor: Actor, wanted: Wanted) -> Iterable[ColumnElement[bool]]:
    states = {
        "waiting": waits,
        "open": is_open,
        "resolved": and_(question.c.resolved_at.is_not(None), question.c.hidden_at.is_(None)),
        "hidden": question.c.hidden_at.is_not(None),
    }
    whose = {"mine": owned_by(actor.email), "nobody": without_owner()}
    return [
        question.c.parent_id.is_(None),
        states[wanted.state],
        *([whose[wanted.whose]] if wanted.whose in whose else []),
    ]


def _for_today(actor: Actor) -> Any:
    """One statement: the asker's news by question, and what waits by document."""
    news = select(
        literal("news").label("what"),
        question.c.id,
        question.c.document_id,
        question.c.hidden_at,
        literal(1).label("number"),
    ).where(question.c.author_id == actor.id, question.c.parent_id.is_(None), news_for_asker(question.c.seen_at))
    orphan = without_owner() if may(actor, Action.WRITE_LIBRARY) else false()
    mine = owned_by(actor.email)
    waiting = (
        select(question.c.document_id, mine.label("is_mine"))
        .select_from(question.join(edition, on_edition))
        .where(waits, question.c.author_id != actor.id, or_(mine, orphan))
        .subquery()
    )
    counted = select(
        case((waiting.c.is_mine, "mine"), else_="nobody"),
        literal(None, question.c.id.type),
        waiting.c.document_id,
        literal(None, question.c.hidden_at.type),
        func.count(),
    ).group_by(waiting.c.document_id, waiting.c.is_mine)
    return union_all(news, counted)


def _listed(row: Row[Any], actor: Actor) -> Listed:
    from app.library.trust.owners import mail_of

    entry = catalogue.current().find(row.document_id, row.language)
    words = plain_text(texts.shown(row.text, row.language, link_address)) if row.text else ""
    return Listed(
        id=row.id,
        document_id=row.document_id,
        entry=entry,
        title=entry.title if entry else row.document_id,
        heading=row.heading,
        asker=row.asker,
        excerpt=words if len(words) <= EXCERPT else words[:EXCERPT].rsplit(" ", 1)[0] + " …",
        language=row.language,
        at=row.created_at,
        is_owned=mail_of(row.owner) == actor.email,
    )


def _title(document_id: str) -> str:
    entry = catalogue.current().find(document_id, languages.readers())
    return entry.title if entry else document_id


def _news_line(row: Row[Any]) -> Waiting:
    title = _title(row.document_id)
    address = f"/questions/{row.document_id}?remark={row.id}#remark-{row.id}"
    if row.hidden_at is not None:
        return Waiting("eye-off", _("Your question was hidden"), title, _("See why"), address, 60)
    return Waiting("message-question", _("Your question was answered"), title, _("Read the answer"), address, 30)


def _many_news(number: int) -> Waiting:
    what = ngettext("%(num)s of your questions has news", "%(num)s of your questions have news", number)
    return Waiting("message-question", what, _("answers to read"), _("Read the answers"), "/questions", 30)


def _answer_line(rows: list[Row[Any]]) -> Waiting:
    number = sum(row.number for row in rows)
    what = ngettext("A reader waits for your answer", "%(num)s questions wait for your answer", number)
    why = ", ".join(_title(row.document_id) for row in rows[:MOST_LINES]) + (" …" if len(rows) > MOST_LINES else "")
    address = f"/questions/{rows[0].document_id}" if len(rows) == 1 else "/questions"
    return Waiting("message-question", what, why, _("Give an answer"), address, 25)


def _orphan_line(number: int) -> Waiting:
    what = ngettext("A question has nobody to answer it", "%(num)s questions have nobody to answer them", number)
    why = _("on documents without an owner who has an account")
    return Waiting("message-question", what, why, _("Give an answer"), "/library/questions?whose=nobody", 55)
