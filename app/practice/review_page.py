"""What the page of review shows: the next question, what became of an answer, or that nothing is left today."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, ClassVar
from uuid import UUID

from app.accounts.actor import Actor
from app.core import clock, languages
from app.core.errors import NotFound
from app.library import catalogue
from app.practice import asking, card_rows, due, forecast, queue, review_rows, sources, tickets
from app.practice import card as cards
from app.practice.asking import Asked
from app.practice.due import Cards, Held
from app.practice.forecast import Day, Planned
from app.practice.queue import Name
from app.practice.rating import Rating
from app.practice.tickets import Ticket
from app.quizzes import asks, corrections, papers, summary
from app.quizzes.asks import Ask
from app.quizzes.corrections import Correction, Shown
from app.quizzes.papers import Paper
from app.quizzes.replies import Reply


@dataclass(frozen=True)
class QuestionPage:
    """The next question. `left` counts it too, `done` are the answers of today; `hints` are those taken, as HTML."""

    kind: ClassVar[str] = "question"
    asked: Asked
    ask: Ask
    ticket: str
    hints: tuple[str, ...]
    several_hints: int
    title: str
    is_changed: bool
    left: int
    done: int

    @property
    def minutes(self) -> int:
        """How long what is left takes."""
        return queue.minutes(self.left)


@dataclass(frozen=True)
class Offered:
    """A rating that may be chosen, and when the question would come back under it."""

    rating: Rating
    due_at: datetime
    is_chosen: bool


@dataclass(frozen=True)
class AnsweredPage:
    """What became of an answer. `offered` is empty once the question was answered again; `left` is what comes after."""

    kind: ClassVar[str] = "answered"
    review: UUID
    name: Name
    asked: Asked
    correction: Correction
    rating: Rating
    due_at: datetime | None
    offered: tuple[Offered, ...]
    is_suspended: bool
    title: str
    left: int
    done: int

    @property
    def paper(self) -> Asked:
        """What the templates of corrections call it: it names the language."""
        return self.asked


@dataclass(frozen=True)
class RestPage:
    """Nothing is left today. `remembered` of `done` answers were right at least in part; `waiting` are due, beyond the
    day's limits; `next_on` is None when nothing ever comes back."""

    kind: ClassVar[str] = "rest"
    done: int
    remembered: int
    waiting: int
    next_on: date | None
    today: date
    suspended: int
    held: int
    days: tuple[Day, ...]


def page(actor: Actor) -> QuestionPage | RestPage:
    """The next question of a person, or that nothing is left today."""
    found = due.cards_of(actor.id)
    names = found.queue().names
    for place, name in enumerate(names):
        held = found.held[name]
        asked = asking.published(actor.id, name, held.entry, held.card.reviews)
        if asked is not None:
            ticket = Ticket(actor.id, name, asked.revision_id, asked.number, 0, clock.now())
            return _question(asked, ticket, held, None, len(names) - place, found.done.all)
    return _rest(actor, found)


def again(actor: Actor, ticket: Ticket, reply: Reply | None) -> QuestionPage | None:
    """The question of a ticket once more, with the reply kept, after a hint or a mistake; None when it is gone."""
    found = due.cards_of(actor.id)
    held = found.held.get(ticket.name)
    if held is None or held.card.reviews != ticket.number or held.entry.revision_id != ticket.revision_id:
        return None
    asked = asking.published(actor.id, ticket.name, held.entry, ticket.number)
    if asked is None:
        return None
    return _question(asked, ticket, held, reply, max(1, len(found.queue())), found.done.all)


def answered(actor: Actor, review_id: UUID) -> AnsweredPage:
    """What became of a person's answer. Raises NotFound."""
    review = review_rows.find(actor.id, review_id)
    if review is None:
        raise NotFound(review=review_id)
    kind, language = review_rows.revision(review.revision_id)
    asked = asking.at_revision(actor.id, review.name, kind, review.revision_id, language, review.number)
    card = card_rows.find(actor.id, review.name)
    if asked is None or card is None:
        raise NotFound(review=review_id)
    is_last = card.before is not None and card.before.review == str(review_id)
    found = due.cards_of(actor.id)
    mark = review.share * asked.question.points
    shown = _shown(actor, kind, review.name, review.revision_id)
    return AnsweredPage(
        review=review_id,
        name=review.name,
        asked=asked,
        correction=corrections.correct(asked.sheet, review.reply, mark, shown),
        rating=review.rating,
        due_at=card.due_at if is_last else None,
        offered=_offered(card, review.rating) if is_last else (),
        is_suspended=card.suspended_at is not None,
        title=_title(review.name),
        left=len(found.queue()),
        done=found.done.all,
    )


def suspended(actor: Actor) -> list[tuple[Held, str, str]]:
    """The questions put aside, each with its document's title and its own, the last one first."""
    found = []
    for held in due.cards_of(actor.id).suspended:
        question = asking.plain_question(held.name, held.entry.kind.name, held.entry.revision_id)
        if question is not None:
            found.append((held, held.entry.title, question.title))
    return found


def put_aside(actor: Actor, name: Name) -> str | None:
    """The title of a question that the person has put aside; None when it is not."""
    card = card_rows.find(actor.id, name)
    if card is None or card.suspended_at is None:
        return None
    entry = catalogue.current().find(name[0], languages.readers())
    question = asking.plain_question(name, entry.kind.name, entry.revision_id) if entry else None
    return question.title if question else None


def _question(asked: Asked, ticket: Ticket, held: Held, reply: Reply | None, left: int, done: int) -> QuestionPage:
    sheet = asked.sheet
    return QuestionPage(
        asked=asked,
        ask=asks.ask(sheet, reply, asked.order),
        ticket=tickets.sign(ticket),
        hints=sheet.hints[: ticket.hints],
        several_hints=len(sheet.hints),
        title=held.entry.title,
        is_changed=held.is_changed,
        left=left,
        done=done,
    )


def _offered(card: cards.Card, chosen: Rating) -> tuple[Offered, ...]:
    return tuple(Offered(rating, at, rating is chosen) for rating, at in cards.next_dates(card).items())


def _shown(actor: Actor, kind: str, name: Name, revision_id: int) -> Shown:
    """What the author of a quiz lets be seen after it is handed in holds here as well; for a question of a bank, what
    each of the quizzes that draw from it does."""
    revisions = [revision_id] if kind == "quiz" else sources.quizzes_of_bank(name[0])
    shown = [_shown_by(actor, papers.of(each)) for each in revisions]
    return Shown(feedback=all(each.feedback for each in shown), answers=all(each.answers for each in shown))


def _shown_by(actor: Actor, paper: Paper) -> Shown:
    facts: Any = paper.facts
    standing = summary.results_of_reader(actor.id).get(paper.document_id)
    has_passed = standing is not None and standing.passed_at is not None
    answers = facts.show_answers == "handed_in" or (facts.show_answers == "passed" and has_passed)
    return Shown(feedback=facts.show_feedback != "never", answers=answers)


def _title(name: Name) -> str:
    entry = catalogue.current().find(name[0], languages.readers())
    return entry.title if entry else ""


def _rest(actor: Actor, found: Cards) -> RestPage:
    began = datetime.combine(found.today, time(0), languages.time_zone())
    ratings = review_rows.ratings_since(actor.id, began) if found.done.all else []
    return RestPage(
        done=len(ratings),
        remembered=sum(rating is not Rating.AGAIN for rating in ratings),
        waiting=found.queue().waiting,
        next_on=found.next_on(),
        today=found.today,
        suspended=len(found.suspended),
        held=len(found.held),
        days=tuple(coming_days(found)),
    )


def coming_days(found: Cards) -> list[Day]:
    """The forecast for these cards; empty when there are none."""
    planned = [Planned(each.candidate(), None if each.is_changed else each.card.memory) for each in found.active]
    if not planned:
        return []
    return forecast.forecast(planned, found.today, found.limits, found.done, due.retention())
