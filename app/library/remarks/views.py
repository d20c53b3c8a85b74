"""Pages of questions for readers: on a document, and one's own."""

from uuid import UUID

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.accounts.authorisation import Action, authorise
from app.accounts.guard import actor, requires
from app.core import ids, languages
from app.core.errors import InvalidInput
from app.core.pagination import page_number
from app.library.catalogue import Entry
from app.library.remarks import headings, held, inbox, moderation, questions, threads
from app.library.remarks.forms import AnswerForm, AskForm, EmptyForm, WordsForm
from app.library.remarks.in_place import ANSWERING, ASKING, part, refused_in_place, throttled, wants_part
from app.library.remarks.questions import Asked
from app.library.remarks.threads import Viewer
from app.library.trust import owners


@requires(Action.READ_LIBRARY)
def show_questions(document_id: str) -> ResponseReturnValue:
    """The questions on a document, those at one of its headings, or one of them alone; with the form to ask."""
    return _shown(held.entry_of(document_id, languages.readers()))


@refused_in_place
@throttled(ASKING)
@requires(Action.READ_LIBRARY)
def ask(document_id: str) -> ResponseReturnValue:
    """Take a question."""
    form = AskForm()
    uuid = ids.parse(form.uuid.data or "")
    if not form.validate_on_submit() or uuid is None or form.revision_id.data is None:
        raise InvalidInput(**form.errors)
    asked = Asked(uuid, form.revision_id.data, form.at.data or "", form.text.data or "")
    questions.ask(actor(), document_id, asked)
    if wants_part():
        return _shown(held.entry_of(document_id, languages.readers()), told=_said(document_id), at=_anchor(form))
    flash(_said(document_id), "good")
    return redirect(f"/questions/{document_id}#remark-{uuid}", 303)


@refused_in_place
@throttled(ANSWERING)
@requires(Action.READ_LIBRARY)
def answer(document_id: str, remark_id: UUID) -> ResponseReturnValue:
    """Take an answer, or what an asker adds."""
    form = AnswerForm()
    uuid = ids.parse(form.uuid.data or "")
    if not form.validate_on_submit() or uuid is None:
        raise InvalidInput(**form.errors)
    questions.answer(actor(), document_id, remark_id, uuid, form.text.data or "")
    return _after(document_id, remark_id)


@refused_in_place
@requires(Action.READ_LIBRARY)
def change(document_id: str, remark_id: UUID) -> ResponseReturnValue:
    """One's own words, to be written anew."""
    if request.method == "POST":
        form = WordsForm()
        if not form.validate_on_submit():
            raise InvalidInput(**form.errors)
        questions.change(actor(), document_id, remark_id, form.text.data or "")
        flash(_("Changed."), "good")
        return redirect(_address(document_id, remark_id), 303)
    found = held.find(actor(), document_id, remark_id)
    authorise(actor(), Action.CHANGE_REMARK, found.author_id)
    return render_template("library/remarks/change.html", remark=found, entry=found.entry)


@requires(Action.READ_LIBRARY)
def withdraw(document_id: str, remark_id: UUID) -> ResponseReturnValue:
    """Take one's own words back."""
    _sent()
    questions.withdraw(actor(), document_id, remark_id)
    flash(_("Taken back: nobody reads it any more."), "good")
    return redirect(f"/questions/{document_id}", 303)


@refused_in_place
@requires(Action.READ_LIBRARY)
def settle(document_id: str, remark_id: UUID, what: str) -> ResponseReturnValue:
    """Resolve, reopen, hide or show."""
    act = {
        "resolve": moderation.resolve,
        "reopen": moderation.reopen,
        "hide": moderation.hide,
        "show": moderation.show,
    }.get(what)
    if act is None:
        abort(404)
    _sent()
    act(actor(), document_id, remark_id)
    return _after(document_id, remark_id)


@requires(Action.READ_LIBRARY)
def my_questions() -> ResponseReturnValue:
    """What somebody asked, and what they are to answer."""
    page = threads.of_asker(actor(), page_number(request.args.get("page")))
    threads.mark_seen(actor(), page.items)
    return render_template(
        "library/remarks/mine.html",
        page=page,
        to_answer=inbox.owned_and_waiting(actor()),
        viewer=Viewer(actor(), moderates=False),
        new_uuid=ids.new,
    )


def _shown(entry: Entry, *, told: str = "", at: str | None = None) -> ResponseReturnValue:
    anchor = at if at is not None else request.args.get("at")
    titles = headings.headings_of(entry)
    if anchor is not None and anchor not in titles:
        anchor = None
    only = ids.parse(request.args.get("remark", ""))
    me = actor()
    viewer = Viewer(me, False, owners.person_of(entry.owner))
    viewer = Viewer(me, held.moderates(me, viewer.owner_id), viewer.owner_id)
    as_part = wants_part()
    shown = threads.of_document(
        viewer,
        entry.id,
        number=page_number(request.args.get("page")),
        anchor=anchor if as_part else None,
        only=only,
    )
    threads.mark_seen(me, shown.page.items)
    name = ("_at_heading" if anchor is not None else "_panel") if as_part else "questions"
    return part(
        f"library/remarks/{name}.html",
        entry=entry,
        shown=shown,
        viewer=viewer,
        titles=titles,
        anchor=anchor,
        only=only,
        told=told,
        new_uuid=ids.new,
    )


def _after(document_id: str, remark_id: UUID) -> ResponseReturnValue:
    """The conversation as it stands now, in place of what was there, or on its page."""
    me = actor()
    found = held.find(me, document_id, remark_id)
    if not wants_part():
        return redirect(_address(document_id, found.question_id), 303)
    viewer = Viewer(me, held.moderates(me, found.owner_id), found.owner_id)
    shown = threads.of_document(viewer, document_id, only=found.question_id)
    return part(
        "library/remarks/_one.html", thread=shown.page.items[0], viewer=viewer, entry=found.entry, new_uuid=ids.new
    )


def _sent() -> None:
    form = EmptyForm()
    if not form.validate_on_submit():
        raise InvalidInput(**form.errors)


def _address(document_id: str, question_id: UUID) -> str:
    return f"/questions/{document_id}?remark={question_id}#remark-{question_id}"


def _anchor(form: AskForm) -> str | None:
    """The heading the form stood under; None for the one at the end of a page."""
    return form.at.data if request.form.get("place") == "heading" else None


def _said(document_id: str) -> str:
    owner = held.owner_of(document_id, languages.readers())
    if owner is not None and owner != actor().id:
        return str(_("Your question is sent. Whoever answers for this page is told; the answer will stand on Today."))
    return str(_("Your question is sent. The authors see it in their list; the answer will stand on Today."))
