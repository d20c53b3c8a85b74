"""Authors and their drafts, for tests: short ways to write in the browser."""

from app.accounts.actor import Actor, Role
from app.accounts.models import Person
from app.library.authoring import drafts, releases
from app.library.authoring.reading import DraftView
from app.library.authoring.releases import Published
from tests.factories import actor_for, make_person

PLAY_ID = "passer-le-standard"


def make_author(name: str = "", **values: object) -> Actor:
    """A rep who writes in the library."""
    return author_of(make_person(Role.REP, name, writes=True, **values))


def author_of(person: Person) -> Actor:
    """The person as use cases see them, with their right to write."""
    plain = actor_for(person)
    return Actor(plain.id, plain.name, plain.email, plain.role, writes=person.writes)


def begin(author: Actor, document_id: str = PLAY_ID, language: str = "fr") -> DraftView:
    return drafts.begin(author.id, document_id, language)


def rewrite(author: Actor, old: str, new: str, document_id: str = PLAY_ID, language: str = "fr") -> DraftView:
    """Open the document's draft and save it with one piece of text replaced."""
    draft = begin(author, document_id, language)
    assert old in draft.text
    drafts.save(author.id, draft.id, draft.version, draft.text.replace(old, new).encode())
    return begin(author, document_id, language)


def publish(author: Actor, draft: DraftView, materiality: str = "material", note: str = "") -> Published:
    return releases.publish(author, draft.id, draft.version, materiality, note)
