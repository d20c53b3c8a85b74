"""Making a draft of an uploaded file: all of its questions, or those that can be when that was chosen. Never twice."""

from uuid import UUID

from flask_babel import lazy_gettext as _l

from app.accounts.actor import Actor
from app.accounts.authorisation import Action, authorise
from app.core.database import db
from app.core.errors import Conflict, InvalidInput
from app.library import yaml_writing
from app.library.authoring import beginnings, drafts
from app.quizzes.exchange import plans, uploads
from app.quizzes.exchange.plans import Plan
from app.quizzes.exchange.targets import Target
from app.quizzes.exchange.uploads import Upload
from app.quizzes.formats import composing


def create(actor: Actor, upload_id: UUID | None, *, only_good: bool) -> str:
    """The address of the draft, made now or by the same button before; commits.

    Raises Conflict when the person has another file before them, InvalidInput when there is nothing good in it, or
    something wrong and `only_good` was not chosen.
    """
    authorise(actor, Action.WRITE_LIBRARY)
    upload = uploads.find(actor.id)
    if upload is None:
        raise Conflict(_l("This file is not kept any more. Choose it again."))
    if upload.id != upload_id:
        raise Conflict(_l("You have chosen another file since. Look at that one."))
    if upload.made:
        return upload.made
    plan = plans.make(upload)
    if not plan.writes:
        raise InvalidInput(_l("There is no question to bring in from this file."))
    if not (plan.is_smooth or only_good):
        raise InvalidInput(_l("Not everything in this file can come in as it is. Look at what changes first."))
    made = _add(actor, upload, plan, plan.target) if plan.target else _begin(actor, upload, plan)
    return made or _made_meanwhile(actor)


def _begin(actor: Actor, upload: Upload, plan: Plan) -> str | None:
    """A new document; None when it was made a moment ago."""
    if not uploads.claim(actor.id, upload.id, ""):
        db.session.rollback()
        return None

    def source(identity: str) -> bytes:
        return composing.text_of({**plan.about, "id": identity}, plan.good).encode()

    draft = beginnings.begin_written(actor.id, plan.kind, plan.title, plan.language, source)
    address = f"/library/{draft.document_id}/{draft.language}"
    uploads.amend(actor.id, address)
    db.session.commit()
    return address


def _add(actor: Actor, upload: Upload, plan: Plan, target: Target) -> str | None:
    """The draft of the target with the questions at its end; None when they were added a moment ago."""
    draft = drafts.begin(actor.id, target.document_id, target.language)
    address = f"/library/{draft.document_id}/{draft.language}"
    if not uploads.claim(actor.id, upload.id, address):
        db.session.rollback()
        return None
    rows = [*(plan.values.get("questions") or []), *(fate.values for fate in plan.good)]
    text = yaml_writing.write(draft.text, {**plan.values, "questions": rows})
    drafts.save(actor.id, draft.id, draft.version, text.encode())  # commits
    return address


def _made_meanwhile(actor: Actor) -> str:
    upload = uploads.find(actor.id)
    if upload is None or not upload.made:
        raise Conflict(_l("This file is not kept any more. Choose it again."))
    return upload.made
