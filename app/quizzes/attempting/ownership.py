"""Whose attempt it is: its own person uses it, and nobody else."""

from uuid import UUID

from app.accounts.actor import Actor
from app.accounts.authorisation import Action, authorise
from app.core.errors import NotFound
from app.quizzes.attempting import attempt_rows
from app.quizzes.attempting.attempt_rows import AttemptRow


def own(actor: Actor, attempt_id: UUID, *, hold: bool = False) -> AttemptRow:
    """The actor's own attempt; held, it cannot be submitted before this transaction ends. Raises NotFound."""
    attempt = attempt_rows.find(attempt_id, hold=hold)
    if attempt is None:
        raise NotFound(attempt=attempt_id)
    authorise(actor, Action.USE_ATTEMPT, attempt.person_id)
    return attempt
