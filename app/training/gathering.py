"""What Today, the lists and the dashboards read from the rooms below: one statement a question, whatever the rows."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import BindParameter, bindparam, select

from app.accounts.authorisation import PersonSubject
from app.accounts.models import Membership, Person
from app.core import languages
from app.core.database import db
from app.library import acknowledgements, catalogue, memory
from app.library.catalogue import Entry
from app.library.models import Acknowledgement
from app.playbook.typography import typeset
from app.quizzes import summary
from app.training.completion import Deeds, QuizStanding
from app.training.next_things import OpenAttempt
from app.training.programme import Item, Programme, Step

_PEOPLE: BindParameter[UUID] = bindparam("people", expanding=True)
_ACKNOWLEDGED = select(
    Acknowledgement.person_id, Acknowledgement.document_id, Acknowledgement.revision_id, Acknowledgement.at
).where(Acknowledgement.person_id.in_(_PEOPLE))
_SUBJECTS = (
    select(Person.id, Membership.team_id)
    .outerjoin(Membership, (Membership.person_id == Person.id) & (Membership.role == "member"))
    .where(Person.id.in_(_PEOPLE))
)
_OPEN_SUBJECTS = _SUBJECTS.where(Person.deactivated_at.is_(None))


def programme() -> Programme:
    """The programme in the reader's language; made once a generation of the library and language."""
    return memory.kept("programme", _made)


def deeds_of_reader(person_id: UUID) -> Deeds:
    """What the signed-in person did. Both statements are shared with the rest of the page."""
    return _deeds(acknowledgements.of_reader(person_id), summary.results_of_reader(person_id))


def deeds_of(people: Iterable[UUID]) -> dict[UUID, Deeds]:
    """What each of these people did. Two statements."""
    asked = list(people)
    results = summary.results_of(asked)
    given: dict[UUID, dict[str, tuple[int, datetime]]] = {person: {} for person in asked}
    if asked:
        for person_id, document_id, revision_id, at in db.session.execute(_ACKNOWLEDGED, {"people": asked}):
            given[person_id][document_id] = (revision_id, at)
    return {person: _deeds(given[person], results[person]) for person in asked}


def unfinished_quizzes(person_id: UUID) -> tuple[dict[str, OpenAttempt], frozenset[str]]:
    """The quizzes a person began and can still go on with, by document; and those that wait for a manager's scores,
    for which there is nothing to do. One statement."""
    questions = {quiz.id: quiz.questions for step in programme().steps for quiz in step.quizzes}
    unfinished = summary.unfinished_of(person_id)
    going_on = {
        each.quiz_id: OpenAttempt(each.address, each.answered, each.asked or questions.get(each.quiz_id, each.answered))
        for each in unfinished
        if not each.is_overdue and not each.is_waiting
    }
    return going_on, frozenset(each.quiz_id for each in unfinished if each.is_waiting) - going_on.keys()


def subjects(people: Iterable[UUID], *, closed_too: bool = False) -> dict[UUID, PersonSubject]:
    """People as the authorisation table wants them; unknown ones, and closed accounts, are missing. One statement."""
    asked = list(people)
    teams: dict[UUID, set[UUID]] = {}
    for row in db.session.execute(_SUBJECTS if closed_too else _OPEN_SUBJECTS, {"people": asked}) if asked else ():
        teams.setdefault(row.id, set()).update({row.team_id} - {None})
    return {person: PersonSubject(person, frozenset(found)) for person, found in teams.items()}


def _deeds(given: Mapping[str, tuple[int, datetime]], quizzes: Mapping[str, QuizStanding]) -> Deeds:
    stands = catalogue.current().stands
    read = {document: at for document, (revision, at) in given.items() if stands(document, revision)}
    return Deeds(read, {document: at for document, (_, at) in given.items() if document not in read}, quizzes)


def _made() -> Programme:
    current, language = catalogue.current(), languages.readers()
    quizzes: dict[str, list[Item]] = {}
    for quiz in current.of_kind("quiz", language):
        quizzes.setdefault(quiz.card.step, []).append(_quiz(quiz))
    return Programme(
        tuple(
            Step(
                id=step.id,
                order=step.card.order,
                title=typeset(step.title, step.language),
                short_title=typeset(step.card.short_title, step.language),
                address=step.address,
                plays=tuple(_play(play) for play in current.beside(step, "play")),
                quizzes=tuple(quizzes.get(step.id, ())),
            )
            for step in current.of_kind("step", language)
        )
    )


def _play(entry: Entry) -> Item:
    return Item(
        entry.id, "play", typeset(entry.title, entry.language), entry.address, entry.card.minutes, entry.card.order
    )


def _quiz(entry: Entry) -> Item:
    card, title = entry.card, typeset(entry.title, entry.language)
    return Item(entry.id, "quiz", title, entry.address, card.minutes, card.order, card.questions, card.pass_mark)
