"""What a regrading would do, before anybody does it: who would move, what changes, and nobody's name who is not led."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select

from app.accounts import teams
from app.accounts.actor import Actor, Role
from app.accounts.authorisation import Action, authorise
from app.accounts.models import Person
from app.core import ids
from app.core.database import db
from app.core.pagination import Page
from app.library.catalogue import Entry
from app.quizzes import previews
from app.quizzes.previews import Shown
from app.quizzes.regrading import applying, plan
from app.quizzes.regrading.applying import Tally
from app.quizzes.regrading.changes import Change
from app.quizzes.regrading.plan import Seen
from app.quizzes.regrading.regraded_rows import Regraded

MOST_NAMED = 200
PER_PAGE = 50


@dataclass(frozen=True)
class ChangedQuestion:
    """A question that counts differently, in how many attempts; `was` is None when it was left out before, `now` when
    it is left out from now on. `is_answer`: what it asks or takes for right is another, and not only its points."""

    title: str
    was: Shown | None
    now: Shown | None
    points: tuple[int, int]
    is_answer: bool
    attempts: int


@dataclass(frozen=True)
class Line:
    """An attempt of somebody the reader leads."""

    name: str
    regraded: Regraded


@dataclass
class Movers:
    """Attempts that move one way: some by name, `others` of people whom the reader does not lead, `more` not listed."""

    lines: list[Line] = field(default_factory=list)
    others: int = 0
    more: int = 0


@dataclass(frozen=True)
class Preview:
    """Everything on the page. `rest` are the attempts whose result changes and that move neither way; `withdrawn`
    counts those that hold questions which are no longer published."""

    quiz: Entry
    regrading_id: UUID
    leave_out: bool
    tally: Tally
    withdrawn: int
    changes: tuple[ChangedQuestion, ...]
    up: Movers
    down: Movers
    rest: Page[Line]
    rest_others: int


def look(actor: Actor, quiz_id: str, language: str, *, leave_out: bool = False, page: int = 1) -> Preview:
    """What grading the attempts at a quiz again would do. Raises Forbidden, NotFound.

    Three statements for each five hundred attempts at most, and two for the names.
    """
    authorise(actor, Action.WRITE_LIBRARY)
    quiz = applying.quiz_of(quiz_id, language)
    target, seen, tally = applying.target_of(quiz, leave_out=leave_out), Seen(), Tally()
    tally.begin(target)
    sorted_out = _Sorted(_led_by(actor), page)
    for each in _flat(plan.regraded(target, seen)):
        tally.add(each)
        sorted_out.put(each)
    names = _names(sorted_out.named())
    return Preview(
        quiz=quiz,
        regrading_id=ids.new(),
        leave_out=leave_out,
        tally=tally,
        withdrawn=seen.withdrawn,
        changes=tuple(_changed(change, attempts, language) for change, attempts in seen.changes.values()),
        up=_movers(sorted_out.up, names),
        down=_movers(sorted_out.down, names),
        rest=Page(_lines(sorted_out.rest.shown, names), page, sorted_out.rest.led, PER_PAGE),
        rest_others=sorted_out.rest.others,
    )


@dataclass
class _Pile:
    """Counts attempts, and keeps those of one window."""

    first: int
    most: int
    led: int = 0
    others: int = 0
    shown: list[Regraded] = field(default_factory=list)

    def put(self, each: Regraded, *, is_led: bool) -> None:
        if not is_led:
            self.others += 1
            return
        if self.first <= self.led < self.first + self.most:
            self.shown.append(each)
        self.led += 1


class _Sorted:
    """Attempts by where they move. Only as many are kept as are shown."""

    def __init__(self, led: frozenset[UUID] | None, page: int) -> None:
        self._led = led
        self.up, self.down = _Pile(0, MOST_NAMED), _Pile(0, MOST_NAMED)
        self.rest = _Pile((page - 1) * PER_PAGE, PER_PAGE)

    def put(self, each: Regraded) -> None:
        pile = self.rest if not each.has_moved else self.up if each.after.passed else self.down
        if each.has_changed:
            pile.put(each, is_led=self._led is None or each.attempt.person_id in self._led)

    def named(self) -> set[UUID]:
        return {each.attempt.person_id for pile in (self.up, self.down, self.rest) for each in pile.shown}


def _led_by(actor: Actor) -> frozenset[UUID] | None:
    """The people whom the actor sees by name: None for everybody."""
    if actor.role is Role.ADMINISTRATOR:
        return None
    led = {actor.id}
    if actor.role is Role.MANAGER:
        led |= {member.id for member in teams.members_of(actor.manages)}
    return frozenset(led)


def _names(people: Iterable[UUID]) -> dict[UUID, str]:
    asked = list(people)
    rows = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(asked))).all() if asked else []
    return {row.id: row.name for row in rows}


def _movers(pile: _Pile, names: dict[UUID, str]) -> Movers:
    return Movers(_lines(pile.shown, names), pile.others, pile.led - len(pile.shown))


def _lines(regraded: Iterable[Regraded], names: dict[UUID, str]) -> list[Line]:
    return [Line(names.get(each.attempt.person_id, ""), each) for each in regraded]


def _flat(batches: Iterable[list[Regraded]]) -> Iterator[Regraded]:
    for batch in batches:
        yield from batch


def _changed(change: Change, attempts: int, language: str) -> ChangedQuestion:
    was, now = change.was, change.now
    either = now or was or change.asked
    return ChangedQuestion(
        title=either.title,
        was=previews.shown(was, language) if was else None,
        now=previews.shown(now, language) if now else None,
        points=(was.points if was else 0, now.points if now else 0),
        is_answer=change.is_answer,
        attempts=attempts,
    )
