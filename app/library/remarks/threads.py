"""Questions with their answers, as a page shows them: a fixed number of statements, however many there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from markupsafe import Markup
from sqlalchemy import ColumnElement, Row, Select, and_, case, func, or_, select, update

from app.accounts.actor import Actor
from app.accounts.models import Person
from app.core import clock
from app.core.database import db, table_of
from app.core.pagination import Page
from app.library import catalogue
from app.library.catalogue import Entry
from app.library.parsing import link_address
from app.library.remarks import headings, texts
from app.library.remarks.models import Remark
from app.library.remarks.questions import may_still_change
from app.library.remarks.states import answer, question
from app.library.typography import french_spaces

PER_PAGE = 20

_author = table_of(Person).alias("author")
_settler = table_of(Person).alias("settler")
_hider = table_of(Person).alias("hider")


@dataclass(frozen=True)
class Said:
    """A question or an answer. `words` is None once they were erased."""

    id: UUID
    author_id: UUID
    author: str
    is_mine: bool
    by_owner: bool
    words: Markup | None
    language: str
    at: datetime
    edited_at: datetime | None
    hidden_at: datetime | None
    hidden_by: str | None
    may_change: bool


@dataclass(frozen=True)
class Thread:
    """A question with its answers. `heading` is what stands at its place now, else what stood there (`is_earlier`)."""

    said: Said
    document_id: str
    entry: Entry | None
    anchor: str
    heading: str
    is_earlier: bool
    resolved_at: datetime | None
    resolved_by: str | None
    answers: tuple[Said, ...]
    has_news: bool

    @property
    def state(self) -> str:
        """hidden, resolved, answered or open."""
        if self.said.hidden_at:
            return "hidden"
        if self.resolved_at:
            return "resolved"
        shown = [each for each in self.answers if not each.hidden_at]
        return "answered" if shown and shown[-1].author_id != self.said.author_id else "open"


@dataclass(frozen=True)
class Viewer:
    """Who looks: who they are, and whether they answer, settle and hide on this document."""

    actor: Actor
    moderates: bool
    owner_id: UUID | None = None


@dataclass(frozen=True)
class Shown:
    """A page of a document's questions. `open` counts those nobody has settled, on all pages."""

    page: Page[Thread]
    open: int


def of_document(
    viewer: Viewer, document_id: str, *, number: int = 1, anchor: str | None = None, only: UUID | None = None
) -> Shown:
    """The questions of a document, open ones first, then the newest; those at one heading, or a single one.

    Three statements: counts, questions, answers.
    """
    where = [question.c.document_id == document_id, question.c.parent_id.is_(None), _visible(question, viewer)]
    if anchor is not None:
        where.append(question.c.anchor == anchor)
    if only is not None:
        where.append(question.c.id == only)
    settled = question.c.resolved_at.is_not(None) | question.c.hidden_at.is_not(None)
    counted = db.session.execute(
        select(func.count(), func.coalesce(func.sum(case((settled, 0), else_=1)), 0))
        .select_from(question)
        .where(*where)
    ).one()
    rows = db.session.execute(
        _QUESTIONS.where(*where)
        .order_by(case((settled, 1), else_=0), question.c.created_at.desc(), question.c.id)
        .limit(PER_PAGE)
        .offset((number - 1) * PER_PAGE)
    ).all()
    return Shown(Page(_threads(viewer, rows), number, counted[0], PER_PAGE), counted[1])


def of_asker(actor: Actor, number: int = 1) -> Page[Thread]:
    """What somebody asked, on any document, the newest first. Three statements."""
    where = (question.c.author_id == actor.id, question.c.parent_id.is_(None))
    total = db.session.execute(select(func.count()).select_from(question).where(*where)).scalar_one()
    rows = db.session.execute(
        _QUESTIONS.where(*where)
        .order_by(question.c.created_at.desc(), question.c.id)
        .limit(PER_PAGE)
        .offset((number - 1) * PER_PAGE)
    ).all()
    return Page(_threads(Viewer(actor, moderates=False), rows), number, total, PER_PAGE)


def mark_seen(actor: Actor, threads: Iterable[Thread]) -> None:
    """Note, and commit, that an asker has read what happened to their questions; nothing is written without news."""
    read = [each.said.id for each in threads if each.has_news and each.said.is_mine]
    if read:
        db.session.execute(
            update(Remark)
            .where(Remark.id.in_(read), Remark.author_id == actor.id)
            .values(seen_at=clock.now())
            .execution_options(synchronize_session=False)
        )
        db.session.commit()


def _visible(remark: Any, viewer: Viewer) -> ColumnElement[bool]:
    if viewer.moderates:
        return and_(True)
    return or_(remark.c.hidden_at.is_(None), remark.c.author_id == viewer.actor.id)


def _with_names(remark: Any) -> Select[Any]:
    return (
        select(
            *remark.c,
            _author.c.name.label("author"),
            _settler.c.name.label("settler"),
            _hider.c.name.label("hider"),
        )
        .select_from(remark)
        .join(_author, _author.c.id == remark.c.author_id)
        .outerjoin(_settler, _settler.c.id == remark.c.resolved_by)
        .outerjoin(_hider, _hider.c.id == remark.c.hidden_by)
    )


_QUESTIONS = _with_names(question)
_ANSWERS = _with_names(answer).order_by(answer.c.created_at, answer.c.id)


def _threads(viewer: Viewer, rows: Iterable[Row[Any]]) -> list[Thread]:
    """The rows of questions, with their answers: one statement."""
    rows = list(rows)
    found: dict[UUID, list[Row[Any]]] = {row.id: [] for row in rows}
    if rows:
        for each in db.session.execute(_ANSWERS.where(answer.c.parent_id.in_(found), _visible(answer, viewer))):
            found[each.parent_id].append(each)
    return [_thread(viewer, row, found[row.id]) for row in rows]


def _thread(viewer: Viewer, row: Row[Any], answers: list[Row[Any]]) -> Thread:
    entry = catalogue.current().find(row.document_id, row.language)
    heading, earlier = _place(entry, row)
    settled = bool(row.resolved_at or row.hidden_at)
    said = _said(
        viewer, row, may=may_still_change(viewer.actor.id, row.author_id, is_followed=bool(answers), is_settled=settled)
    )
    last = len(answers) - 1
    return Thread(
        said=said,
        document_id=row.document_id,
        entry=entry,
        anchor=row.anchor,
        heading=heading,
        is_earlier=earlier,
        resolved_at=row.resolved_at,
        resolved_by=row.settler,
        answers=tuple(
            _said(
                viewer,
                each,
                may=may_still_change(
                    viewer.actor.id,
                    each.author_id,
                    is_followed=index != last,
                    is_settled=bool(each.hidden_at or row.hidden_at),
                ),
            )
            for index, each in enumerate(answers)
        ),
        has_news=_has_news(viewer, row, answers),
    )


def _said(viewer: Viewer, row: Row[Any], *, may: bool) -> Said:
    words = Markup(texts.shown(row.text, row.language, link_address)) if row.text else None  # noqa: S704 - cleaned there
    return Said(
        id=row.id,
        author_id=row.author_id,
        author=row.author,
        is_mine=row.author_id == viewer.actor.id,
        by_owner=viewer.owner_id is not None and row.author_id == viewer.owner_id,
        words=words,
        language=row.language,
        at=row.created_at,
        edited_at=row.edited_at,
        hidden_at=row.hidden_at,
        hidden_by=row.hider,
        may_change=may,
    )


def _place(entry: Entry | None, row: Row[Any]) -> tuple[str, bool]:
    """The heading a question stands at: as it reads today where it still is, else as it read then."""
    if not row.anchor:
        return "", False
    known = headings.headings_of(entry) if entry is not None and entry.language == row.language else {}
    heading, earlier = known.get(row.anchor) or row.heading, row.anchor not in known
    return (french_spaces(heading) if row.language == "fr" else heading), earlier


def _has_news(viewer: Viewer, row: Row[Any], answers: list[Row[Any]]) -> bool:
    """Whether the asker, who looks, has not yet seen an answer, or that their question was hidden."""
    if row.author_id != viewer.actor.id:
        return False
    since = row.seen_at or row.created_at
    hidden = row.hidden_at is not None and row.hidden_at > since and row.hidden_by != row.author_id
    return hidden or any(each.created_at > since and each.author_id != row.author_id for each in answers)
