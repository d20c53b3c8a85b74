"""What a person has to review: their cards with what the library did to the questions since. One statement."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import bindparam, func, or_, select

from app.activity import versions
from app.core import clock, languages
from app.core.database import Instant, db, table_of
from app.library import catalogue
from app.library.catalogue import Entry
from app.practice import card_rows, queue
from app.practice.card import Card
from app.practice.models import Review, ReviewCard
from app.practice.queue import Candidate, Done, Limits, Name, Queue
from app.quizzes.models import ChangedQuestion

_card, _review, _changed = table_of(ReviewCard), table_of(Review), table_of(ChangedQuestion)
_OF_TODAY = (_review.c.person_id == bindparam("person_id"), _review.c.at >= bindparam("day_began", type_=Instant))
_CARDS = (
    select(
        *card_rows.COLUMNS,
        _changed.c.language,
        _changed.c.changed_at,
        _changed.c.withdrawn_at,
        select(func.count()).where(*_OF_TODAY).scalar_subquery().label("done"),
        select(func.count()).where(*_OF_TODAY, _review.c.is_first).scalar_subquery().label("done_new"),
    )
    .outerjoin(
        _changed,
        (_changed.c.document_id == _card.c.document_id) & (_changed.c.question_key == _card.c.question_key),
    )
    .where(_card.c.person_id == bindparam("person_id"))
)
_DUE = _CARDS.where(
    _card.c.suspended_at.is_(None),
    or_(_card.c.due_at < bindparam("day_ends", type_=Instant), _changed.c.changed_at > _card.c.seen_at),
)


@dataclass(frozen=True)
class Held:
    """A person's card of a published question. `is_changed`: it asks something else than what they answered last."""

    name: Name
    card: Card
    entry: Entry
    is_changed: bool

    def candidate(self) -> Candidate:
        """As the queue sees it, in the reader's days."""
        due_at = self.card.due_at
        is_new = self.card.reviews == 0
        return Candidate(self.name, due_at.astimezone(languages.time_zone()).date(), due_at, is_new, self.is_changed)


@dataclass(frozen=True)
class Cards:
    """A person's cards whose questions are still asked, and what they did today."""

    held: Mapping[Name, Held]
    done: Done
    today: date
    limits: Limits = field(default_factory=lambda: limits())

    @property
    def active(self) -> list[Held]:
        """Those that come back."""
        return [each for each in self.held.values() if each.card.suspended_at is None]

    @property
    def suspended(self) -> list[Held]:
        """Those that were put aside, the last one first."""
        aside = [each for each in self.held.values() if each.card.suspended_at is not None]
        return sorted(aside, key=lambda each: (each.card.suspended_at, each.name), reverse=True)

    def queue(self) -> Queue:
        """What is left to ask today."""
        return queue.choose((each.candidate() for each in self.active), self.today, self.limits, self.done)

    def next_on(self) -> date | None:
        """The next day after today on which something is due; None when nothing ever is."""
        tomorrow = self.today + timedelta(days=1)
        return min((max(tomorrow, each.candidate().due_on) for each in self.active), default=None)


def limits() -> Limits:
    """The organisation's."""
    settings = current_app.config["SETTINGS"]
    return Limits(settings.review_daily_limit, settings.review_new_a_day)


def retention() -> int:
    """The organisation's target, in percent."""
    return int(current_app.config["SETTINGS"].review_retention * 100)


def cards_of(person_id: UUID) -> Cards:
    """All the cards of a person."""
    return _read(_CARDS, person_id)


def count_of_reader(person_id: UUID) -> int:
    """How many questions wait for the signed-in person today. One statement, and none until they act again."""
    today = _today()
    key = ("review due", catalogue.current().generation, languages.readers(), today)
    count: int = versions.kept(key, person_id, lambda: len(_read(_DUE, person_id).queue()))
    return count


def is_changed(seen_at: datetime, changed_at: datetime | None) -> bool:
    """Whether a question has changed since what was answered last was put to the person."""
    return changed_at is not None and changed_at > seen_at


def _read(statement: Any, person_id: UUID) -> Cards:
    began, ends = _day()
    values = {"person_id": person_id, "day_began": began}
    if statement is _DUE:
        values["day_ends"] = ends
    rows = db.session.execute(statement, values).all()
    done = Done(rows[0].done, rows[0].done_new) if rows else Done()
    return Cards({each.name: each for each in _held(rows)}, done, _today())


def _held(rows: Iterable[Any]) -> Iterable[Held]:
    """One for each card whose question is published: with the row of what changed in the edition that is read."""
    current, language = catalogue.current(), languages.readers()
    by_name: dict[Name, list[Any]] = {}
    for row in rows:
        by_name.setdefault((row.document_id, row.question_key), []).append(row)
    for name, several in by_name.items():
        entry = current.find(name[0], language)
        if entry is None:
            continue
        ours = next((row for row in several if row.language == entry.language), None)
        if ours is not None and ours.withdrawn_at is not None:
            continue
        card = card_rows.from_columns(several[0])
        yield Held(name, card, entry, ours is not None and is_changed(card.seen_at, ours.changed_at))


def _today() -> date:
    return clock.now().astimezone(languages.time_zone()).date()


def _day() -> tuple[datetime, datetime]:
    """When the reader's day began and ends."""
    zone, today = languages.time_zone(), _today()
    began, ends = (datetime.combine(day, time(0), zone) for day in (today, today + timedelta(days=1)))
    return began, ends
