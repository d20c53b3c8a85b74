"""What this room does when a quiz is handed in: its questions are met, and come back from then on."""

from fractions import Fraction

from app.activity import journal
from app.activity.journal import Act
from app.core import languages
from app.library import catalogue
from app.practice import acts, card_rows, changes, due
from app.quizzes.events import AttemptClosed, attempt_closed


@attempt_closed.connect
def _meet(closed: AttemptClosed) -> None:
    """One act for the quiz, and one for each bank that its questions were drawn from."""
    by_document: dict[str, dict[str, Fraction]] = {}
    for name, share in closed.questions.items():
        bank, slash, key = name.rpartition("/")
        by_document.setdefault(bank if slash else closed.document_id, {})[key] = share
    for document_id, shares in by_document.items():
        fresh = _fresh(closed, document_id, list(shares))
        details: dict[str, journal.Detail] = {
            "attempt": str(closed.attempt_id),
            "started": closed.started_at.isoformat(),
            "shares": {key: str(share) for key, share in shares.items()},
            "fresh": dict.fromkeys(fresh, True),
            "retention": due.retention(),
        }
        journal.record(Act(acts.MET, closed.person_id, document_id=document_id, details=details, at=closed.at))


def _fresh(closed: AttemptClosed, document_id: str, keys: list[str]) -> list[str]:
    """Those that had changed between the last time they were put to this person and the beginning of this attempt."""
    entry = catalogue.current().find(document_id, languages.readers())
    changed = changes.changed_at(document_id, entry.language, keys) if entry else {}
    cards = card_rows.of_document(closed.person_id, document_id, list(changed)) if changed else {}
    return [key for key, card in cards.items() if card.seen_at < changed[key] <= closed.started_at]
