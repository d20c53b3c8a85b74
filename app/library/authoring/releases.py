"""Publishing from the browser: drafts, several texts at once, and old revisions again.

Each holds the library, checks (nobody can leave that out), publishes beside the file, and tells every web process.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, func, select, update

from app.accounts.actor import Actor
from app.accounts.authorisation import Action, DraftSubject, authorise
from app.activity import journal
from app.activity.journal import Act, Detail
from app.core.database import db
from app.core.errors import Conflict, InvalidInput, NotFound
from app.library import publishing
from app.library.authoring import checks, new_words
from app.library.authoring.checks import Checked, Text
from app.library.authoring.models import Draft as DraftRow
from app.library.authoring.models import SavedText, SyncConflict
from app.library.authoring.reading import DraftView, get
from app.library.files import digest_of
from app.library.kinds import Draft
from app.library.models import Document, Edition, Revision
from app.library.problems import Problem

PUBLISHED = journal.declare("document.published", "number", "materiality")
Take = Callable[[], None]
MATERIALITIES = ("minor", "material")
MOST_TRIES = 5


class Refused(InvalidInput):
    """The check found something: nothing was published. `problems` says what, with lines."""

    sentence = _l("The check found mistakes in this text, so it was not published. They are listed beside the text.")

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__(problems=[str(problem) for problem in problems])


class Outdated(Conflict):
    """Another text was published after the draft began: it must be brought up to date first."""

    sentence = _l("A newer text was published since this draft began. Bring the draft up to date, then publish it.")


@dataclass(frozen=True)
class Published:
    """What was published."""

    document_id: str
    language: str
    kind: str
    revision_id: int
    number: int


@dataclass(frozen=True)
class _Release:
    """How texts are published: by whom (None: by the library itself), how much they change, and the word on it."""

    actor: Actor | None
    materiality: str
    note: str


def publish(actor: Actor, draft_id: UUID, version: int, materiality: str, note: str = "") -> Published:
    """Publish a draft as its author saw it, delete it, and commit.

    Raises Forbidden, NotFound; Conflict when the draft moved on or a late text in it waits to be merged; Outdated;
    Refused; InvalidInput when nothing changes.
    """
    release = _release(actor, materiality, note)
    view = get(draft_id)
    authorise(actor, Action.PUBLISH_DRAFT, view.subject)
    _require_version(view, version)

    def take_draft() -> None:
        _hold_draft(view)
        _require_base(view)

    published = _publish([(view.path, view.source)], release, take_draft, keep_id=view.document_id)[0]
    if view.file_digest is not None:
        _count_file_as_seen(view)
    db.session.execute(delete(DraftRow).where(DraftRow.id == view.id))
    db.session.commit()
    return published


def publish_together(actor: Actor, texts: Sequence[Text], materiality: str, note: str = "") -> list[Published]:
    """Publish several texts, which may link to each other, all or none of them, and commit.

    A document that is published already keeps its place; one whose text is the published one is left out. Raises
    Refused, Forbidden.
    """
    release = _release(actor, materiality, note)
    authorise(actor, Action.PUBLISH_DRAFT, DraftSubject(frozenset({actor.id})))
    published = _publish(texts, release)
    db.session.commit()
    return published


def roll_back(
    actor: Actor, document_id: str, language: str, revision_id: int, note: str = "", materiality: str = "material"
) -> Published:
    """Publish the text of an earlier revision as a new one, and commit.

    Raises NotFound for a revision of another document, Conflict for one that was archived, Refused when the old text
    would not pass the check today, InvalidInput when nothing changes.
    """
    release = _release(actor, materiality, note)
    authorise(actor, Action.PUBLISH_DRAFT, DraftSubject(frozenset({actor.id})))
    row = db.session.execute(
        select(Revision.source, Edition.path, Edition.published_id)
        .join(Edition, (Edition.document_id == Revision.document_id) & (Edition.language == Revision.language))
        .where(Revision.id == revision_id, Revision.document_id == document_id, Revision.language == language)
    ).one_or_none()
    if row is None:
        raise NotFound(document=document_id, revision=revision_id)
    if row.published_id is None:
        raise Conflict(_l("This document was archived. Restore it first."))
    published = _publish([(row.path, row.source)], release, keep_id=document_id)[0]
    db.session.commit()
    return published


def publish_within(
    actor: Actor | None, texts: Sequence[Text], materiality: str = "material", note: str = "", take: Take | None = None
) -> list[Published]:
    """Part of a larger act, which has asked who may, and commits: publish texts that somebody published or wrote once.

    `take` is called once the library is held, before anything is written. Without an actor, the library itself follows
    what somebody did elsewhere: nobody acts.
    """
    return _publish(texts, _release(actor, materiality, note), take)


def _release(actor: Actor | None, materiality: str, note: str) -> _Release:
    note = " ".join(note.split())
    if materiality not in MATERIALITIES:
        raise InvalidInput(_l("Say whether the change is minor or material."), field="materiality")
    if len(note) > publishing.LONGEST_NOTE or not note.isprintable():
        raise InvalidInput(_l("A note has at most 500 characters."), field="note")
    return _Release(actor, materiality, note)


def _publish(
    texts: Sequence[Text], release: _Release, take: Take | None = None, keep_id: str | None = None
) -> list[Published]:
    """Check, hold the library, publish. `take` is done once it is held, before anything is written.

    What was checked is published only if the library is still the one it was checked against.
    """
    try:
        for _ in range(MOST_TRIES):
            generation = publishing.newest_generation()
            checked = _check(texts, keep_id)
            publishing.lock_library()
            if publishing.newest_generation() == generation:
                if take is not None:
                    take()
                return _write(_changed(checked, single=keep_id is not None), release)
            db.session.rollback()
    except BaseException:
        db.session.rollback()
        raise
    raise Conflict(_l("The library kept changing while it was read. Try again."))


def _check(texts: Sequence[Text], keep_id: str | None) -> list[Checked]:
    if keep_id is not None:
        checked = [checks.check(path, source, keep_id) for path, source in texts]
    else:
        checked = checks.check_together(texts)
    problems = [problem for each in checked for problem in each.problems]
    if problems:
        raise Refused(problems)
    return checked


def _changed(checked: list[Checked], *, single: bool) -> list[tuple[Checked, Draft]]:
    """The texts that differ from what is published, each at the place its document has already."""
    found = []
    for each in checked:
        draft = each.draft
        assert draft is not None  # noqa: S101 - or there were problems
        row = db.session.execute(
            select(Edition.path, Revision.digest)
            .join(Revision, Revision.id == Edition.published_id)
            .where(Edition.document_id == draft.facts.id, Edition.language == draft.language)
        ).one_or_none()
        if row is not None and row.digest == digest_of(each.source):
            if single:
                raise InvalidInput(_l("This is the published text already: there is nothing to publish."))
            continue
        found.append((each, replace(draft, path=row.path) if row else draft))
    return found


def _write(texts: list[tuple[Checked, Draft]], release: _Release) -> list[Published]:
    written = []
    for checked, draft in texts:
        revision_id = publishing.publish(
            draft,
            checked.source,
            checked.made_with,
            release.materiality,
            in_file=False,
            note=release.note,
            by=release.actor.id if release.actor else None,
        )
        number, materiality = db.session.execute(
            select(Revision.number, Revision.materiality).filter_by(id=revision_id)
        ).one()
        db.session.execute(update(Document).where(Document.id == draft.facts.id).values(redirect_to=None))
        details: dict[str, Detail] = {"number": number, "materiality": materiality}
        if release.actor is not None:
            journal.record(Act(PUBLISHED, release.actor.id, draft.facts.id, revision_id, details))
        written.append(Published(draft.facts.id, draft.language, draft.kind.name, revision_id, number))
    if any(draft.kind.name == "glossary" for _, draft in texts):
        new_words.render_with_them()
    if written:
        publishing.bump_generation()
    return written


def _require_version(view: DraftView, version: int) -> None:
    if view.version != version:
        raise Conflict(_l("The draft changed since you opened this page. Read it again before you publish it."))


def _hold_draft(view: DraftView) -> None:
    """Nobody saves in it until it is published. Raises Conflict when somebody just did."""
    held = db.session.execute(
        update(DraftRow)
        .where(DraftRow.id == view.id, DraftRow.version == view.version)
        .values(version=DraftRow.version)
        .returning(DraftRow.id)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    if held is None:
        raise Conflict(_l("The draft changed since you opened this page. Read it again before you publish it."))
    waiting = select(func.count()).where(SavedText.draft_id == view.id, SavedText.aside)
    if db.session.execute(waiting).scalar_one():
        raise Conflict(_l("A text that was saved late in this draft waits to be merged. Look at it first."))


def _require_base(view: DraftView) -> None:
    """The draft must have begun from what is published now."""
    published_id = db.session.execute(
        select(Edition.published_id).filter_by(document_id=view.document_id, language=view.language)
    ).scalar()
    if published_id is None and view.base_id is not None:
        raise Conflict(_l("This document was archived while you were writing. Restore it first."))
    if published_id != view.base_id:
        raise Outdated()


def _count_file_as_seen(view: DraftView) -> None:
    """The draft settled a conflict: the next sync writes it over the file that it was merged with, and no other."""
    this = {"document_id": view.document_id, "language": view.language}
    db.session.execute(update(Edition).filter_by(**this).values(synced_digest=view.file_digest))
    db.session.execute(delete(SyncConflict).filter_by(**this))
