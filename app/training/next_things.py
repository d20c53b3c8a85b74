"""What a person should do next, and in which order: what is expected of them, then what they began."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from zoneinfo import ZoneInfo

from app.training import completion, due_dates
from app.training.completion import Completion, Deeds
from app.training.due_dates import Due, When
from app.training.programme import Item, Programme, Step, Target

MOST_CHANGED, MOST_BEGUN = 3, 2


class Reason(Enum):
    """Why a thing is on the list."""

    EXPECTED = "expected"
    CHANGED = "changed"
    OPEN = "open"
    BEGUN = "begun"
    NEXT = "next"


@dataclass(frozen=True)
class Expected:
    """Something assigned to the person."""

    document_id: str
    due_at: datetime
    note: str = ""
    assigned_by: str = ""


@dataclass(frozen=True)
class OpenAttempt:
    """A quiz that was begun and not handed in: how far, and where to go on."""

    address: str
    answered: int
    questions: int


@dataclass(frozen=True)
class Thing:
    """A line of the list: what (`target`), why, where the action leads (`item`), what is left with its minutes."""

    reason: Reason
    target: Target
    item: Item
    left: tuple[tuple[str, int], ...]
    completion: Completion
    due: Due | None = None
    changed_since: datetime | None = None
    attempt: OpenAttempt | None = None
    note: str = ""
    assigned_by: str = ""

    @property
    def minutes(self) -> int:
        """How long what is left takes."""
        return sum(minutes for _, minutes in self.left)

    @property
    def address(self) -> str:
        """Where the one action leads: what changed, of a play that was read before."""
        if self.attempt:
            return self.attempt.address
        return f"{self.item.address}/changes" if self.changed_since else self.item.address


@dataclass(frozen=True)
class Picture:
    """Everything the rules look at for one person, at one instant. `waiting` are the quizzes that they handed in and a
    manager still scores: until then, nothing is to be done about them."""

    programme: Programme
    deeds: Deeds
    expected: Sequence[Expected]
    attempts: Mapping[str, OpenAttempt]
    now: datetime
    zone: ZoneInfo
    waiting: Collection[str] = ()

    def is_left(self, item: Item) -> bool:
        """Whether something is to be done about an item."""
        return self.deeds.done_at(item.id) is None and item.id not in self.waiting


@dataclass(frozen=True)
class Agenda:
    """`now` in the order that counts; `later` is expected in more than a week; `next` what to do when nothing is."""

    now: tuple[Thing, ...]
    later: tuple[Thing, ...]
    next: Thing | None

    @property
    def minutes(self) -> int:
        """How long all that is on the list takes; what stands in two of its lines is done once."""
        return sum(dict(each for thing in self.now for each in thing.left).values())

    @property
    def is_pressing(self) -> bool:
        """Whether something is expected within a week, or has changed since it was read."""
        return any(thing.reason in (Reason.EXPECTED, Reason.CHANGED) for thing in self.now)


def agenda(picture: Picture) -> Agenda:
    """What to do now, later and otherwise. What is expected is not named again among the things begun."""
    expected = list(_expected(picture))
    soon = [thing for thing in expected if thing.due and thing.due.when is not When.LATER]
    taken = {item for thing in expected for item in thing.target.item_ids}
    changed = [thing for thing in _changed(picture) if thing.item.id not in taken][:MOST_CHANGED]
    taken |= {thing.item.id for thing in changed}
    opened = [thing for thing in _opened(picture) if thing.item.id not in taken]
    taken |= {thing.item.id for thing in opened}
    begun = list(_begun(picture, taken))[:MOST_BEGUN]
    later = tuple(thing for thing in expected if thing not in soon)
    return Agenda((*soon, *changed, *opened, *begun), later, next_useful(picture))


def next_useful(picture: Picture) -> Thing | None:
    """The next item of the lowest unfinished step; None when the whole staircase is climbed."""
    for step in picture.programme.steps:
        if any(map(picture.is_left, step.items)):
            return _thing(picture, Reason.NEXT, picture.programme.targets[step.id])
    return None


def _expected(picture: Picture) -> Iterator[Thing]:
    """What was assigned and is not done; of two assignments of one document, the one due first."""
    known = [(each, target) for each in picture.expected if (target := picture.programme.target(each.document_id))]
    known.sort(key=lambda pair: due_dates.urgency(pair[0].due_at, pair[1].step.order, pair[1].is_quiz, pair[1].title))
    seen: set[str] = set()
    for each, target in known:
        if target.id in seen or not any(map(picture.is_left, target.items)):
            continue
        seen.add(target.id)
        yield _thing(picture, Reason.EXPECTED, target, each)


def _changed(picture: Picture) -> Iterator[Thing]:
    """Plays whose text changed materially since the person acknowledged them, lowest step first."""
    for step in picture.programme.steps:
        for play in step.plays:
            if play.id in picture.deeds.outdated:
                yield _thing(picture, Reason.CHANGED, picture.programme.targets[play.id])


def _opened(picture: Picture) -> Iterator[Thing]:
    for step in picture.programme.steps:
        for quiz in step.quizzes:
            if quiz.id in picture.attempts:
                yield _thing(picture, Reason.OPEN, picture.programme.targets[quiz.id])


def _begun(picture: Picture, taken: set[str]) -> Iterator[Thing]:
    """Steps where something is done and something left, apart from what stands on the list already."""
    for step in picture.programme.steps:
        progress = completion.of((item.id for item in step.items), picture.deeds)
        if 0 < progress.done < progress.total:
            thing = _thing(picture, Reason.BEGUN, picture.programme.targets[step.id], apart_from=taken)
            if thing.left:
                yield thing


def _thing(
    picture: Picture,
    reason: Reason,
    target: Target,
    expected: Expected | None = None,
    apart_from: Collection[str] = (),
) -> Thing:
    undone = [item for item in target.items if picture.is_left(item) and item.id not in apart_from]
    item = undone[0] if undone else target.items[0]
    attempt = picture.attempts.get(item.id)
    return Thing(
        reason=reason,
        target=target,
        item=item,
        left=tuple((each.id, _minutes_of(each, picture.attempts.get(each.id))) for each in undone),
        completion=completion.of(target.item_ids, picture.deeds),
        due=due_dates.due(expected.due_at, picture.now, picture.zone) if expected else None,
        changed_since=picture.deeds.outdated.get(item.id),
        attempt=attempt,
        note=expected.note if expected else "",
        assigned_by=expected.assigned_by if expected else "",
    )


def _minutes_of(item: Item, attempt: OpenAttempt | None) -> int:
    """An item's minutes; of a quiz that was begun, the share of the questions that is left, rounded up."""
    if attempt is None or not attempt.questions:
        return item.minutes
    left = max(0, attempt.questions - attempt.answered)
    return max(1, -(-item.minutes * left // attempt.questions))


def unfinished(step: Step, deeds: Deeds) -> tuple[int, int]:
    """How many plays are to be read and how many quizzes to be passed before the step is finished."""
    plays = sum(deeds.done_at(play.id) is None for play in step.plays)
    return plays, sum(deeds.done_at(quiz.id) is None for quiz in step.quizzes)
