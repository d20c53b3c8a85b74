"""Who may do what: one table, asked by every page, API call and export.

A rule takes the actor and the subject, both plain values. What is not in the table is refused.
A foreign person or team is answered as if it did not exist (NotFound); a role that is too small is told so (Forbidden).
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any
from uuid import UUID

from app.accounts.actor import Actor, Role
from app.core.errors import DomainError, Forbidden, NotFound


@dataclass(frozen=True)
class PersonSubject:
    """A person as a rule sees them: who they are, and the teams they are a member of."""

    id: UUID
    teams: frozenset[UUID]


@dataclass(frozen=True)
class DraftSubject:
    """A draft as a rule sees it: who has written in it, and the person who owns the document, if one does."""

    writers: frozenset[UUID]
    owner: UUID | None = None


class Action(Enum):
    """Everything that is asked about."""

    READ_LIBRARY = "read the library"
    SEE_TEAMS = "open the team dashboard"
    SEE_TEAM = "see one team"
    SEE_PERSON = "see one person's record"
    ASSIGN_TO_PERSON = "assign training to one person"
    ASSIGN_TO_TEAM = "assign training to a team"
    CANCEL_ASSIGNMENT = "take an assignment back"
    USE_ATTEMPT = "answer in an attempt"
    SEE_ATTEMPT = "see an attempt and its result"
    SCORE_ATTEMPT = "score what somebody else wrote in an attempt"
    MANAGE_PEOPLE = "invite, import, change and deactivate people"
    MANAGE_LIBRARY = "see the state of the library"
    WRITE_LIBRARY = "open the editor: write drafts, import, export, see the library's health"
    PUBLISH_DRAFT = "publish a draft"
    VERIFY_DOCUMENT = "say that a document is still true"
    ANSWER_REMARKS = "answer readers' questions, settle and hide them"
    CHANGE_REMARK = "change one's own question"


Rule = Callable[[Actor, Any], bool]


def _anyone(_actor: Actor, _subject: object) -> bool:
    return True


def _administrator(actor: Actor, _subject: object = None) -> bool:
    return actor.role is Role.ADMINISTRATOR


def _leads(actor: Actor, _subject: object = None) -> bool:
    return actor.role in (Role.MANAGER, Role.ADMINISTRATOR)


def _leads_team(actor: Actor, team_id: UUID) -> bool:
    return _administrator(actor) or (actor.role is Role.MANAGER and team_id in actor.manages)


def _leads_person(actor: Actor, person: PersonSubject) -> bool:
    return _administrator(actor) or (actor.role is Role.MANAGER and bool(actor.manages & person.teams))


def _leads_another(actor: Actor, person: PersonSubject) -> bool:
    return actor.id != person.id and _leads_person(actor, person)


def _is_or_leads(actor: Actor, person: PersonSubject) -> bool:
    return actor.id == person.id or _leads_person(actor, person)


def _is(actor: Actor, person_id: UUID) -> bool:
    return actor.id == person_id


def _writes(actor: Actor, _subject: object = None) -> bool:
    return actor.writes or _leads(actor)


def _publishes(actor: Actor, draft: DraftSubject) -> bool:
    """Another's draft is not published behind their back: who opens it and writes in it has read it."""
    return _administrator(actor) or (_writes(actor) and (actor.id in draft.writers or actor.id == draft.owner))


def _owns_or_writes(actor: Actor, owner: UUID | None) -> bool:
    return _writes(actor) or actor.id == owner


RULES: dict[Action, tuple[Rule, type[DomainError]]] = {
    Action.READ_LIBRARY: (_anyone, Forbidden),
    Action.SEE_TEAMS: (_leads, Forbidden),
    Action.SEE_TEAM: (_leads_team, NotFound),
    Action.SEE_PERSON: (_is_or_leads, NotFound),
    Action.ASSIGN_TO_PERSON: (_leads_person, NotFound),
    Action.ASSIGN_TO_TEAM: (_leads_team, NotFound),
    Action.CANCEL_ASSIGNMENT: (_leads_person, NotFound),
    Action.USE_ATTEMPT: (_is, NotFound),
    Action.SEE_ATTEMPT: (_is_or_leads, NotFound),
    Action.SCORE_ATTEMPT: (_leads_another, NotFound),
    Action.MANAGE_PEOPLE: (_administrator, Forbidden),
    Action.MANAGE_LIBRARY: (_administrator, Forbidden),
    Action.WRITE_LIBRARY: (_writes, Forbidden),
    Action.PUBLISH_DRAFT: (_publishes, Forbidden),
    Action.VERIFY_DOCUMENT: (_owns_or_writes, Forbidden),
    Action.ANSWER_REMARKS: (_owns_or_writes, Forbidden),
    Action.CHANGE_REMARK: (_is, NotFound),
}


def may(actor: Actor, action: Action, subject: Any = None) -> bool:
    """Whether the actor may do this to the subject."""
    rule, _refusal = RULES[action]
    return rule(actor, subject)


def authorise(actor: Actor, action: Action, subject: Any = None) -> None:
    """Raises Forbidden or NotFound, as the table says, when the actor may not."""
    if not may(actor, action, subject):
        raise RULES[action][1](action=action.name)
