"""Bringing questions in from a file: choosing it, looking at what it would make, making the draft."""

from typing import Any

from flask import current_app, flash, redirect, render_template, request
from flask_babel import gettext as _

from app.accounts.authorisation import Action, authorise
from app.accounts.forms import options
from app.accounts.guard import actor, requires
from app.core import ids, languages
from app.core.errors import InvalidInput, NotFound
from app.extensions import csrf
from app.library import catalogue
from app.quizzes.exchange import targets, uploads
from app.quizzes.exchange.forms import FORMATS, CreateForm, QuestionsForm
from app.quizzes.exchange.targets import Target
from app.quizzes.fields.questions import TYPES

Answer = Any
CHOOSE, PREVIEW = "/quizzes/import", "/quizzes/import/preview"
# A file of the largest size, and what a form puts around it.
LARGEST_REQUEST = uploads.LARGEST + 64 * 1024
SHOWN = 200  # rows of a list; the others are counted


def choose() -> Answer:
    """Take a file, keep it for an hour, and show what it would make."""
    authorise(actor(), Action.WRITE_LIBRARY)
    if request.method == "GET":
        return _choose_page(_form())
    # The request's limit stands until it is known who asks: so the token, which is in the body, is looked at here.
    request.max_content_length = LARGEST_REQUEST
    if current_app.config["WTF_CSRF_ENABLED"]:
        csrf.protect()
    form = _form()
    if not form.validate():
        return _choose_page(form), 400
    content = form.file.data.stream.read(uploads.LARGEST + 1)
    format_name = form.format_name.data or _recognised(content)
    if len(content) > uploads.LARGEST:
        form.file.errors = [_("A file may have at most 5 MB here. For a larger one use flask quiz import.")]
    elif not format_name:
        form.format_name.errors = [_("This file is of no format that is known here, or of several. Say which.")]
    if form.errors:
        return _choose_page(form), 400
    wanted = uploads.Wanted(
        format_name,
        form.into.data or "quiz",
        form.language.data or languages.readers(),
        " ".join((form.title.data or "").split()),
        form.step.data or "",
    )
    uploads.keep(actor().id, form.file.data.filename or "", content, wanted)
    return redirect(PREVIEW, 303)


csrf.exempt(f"{__name__}.choose")


@requires(Action.WRITE_LIBRARY)
def preview() -> Answer:
    """Every question as it would be, and what could not be read."""
    return _preview_page(CreateForm())


@requires(Action.WRITE_LIBRARY)
def create() -> Answer:
    """Make the draft, and go to it."""
    from app.quizzes.exchange import creating

    form = CreateForm()
    if not form.validate():
        return _preview_page(form), 400
    try:
        address = creating.create(actor(), ids.parse(form.upload.data or ""), only_good=form.only_good.data == "1")
    except InvalidInput as wrong:
        return _preview_page(form, wrong.sentence), 400
    flash(_("The questions are in a draft. Nothing is published before you do."), "good")
    return redirect(address, 303)


@requires(Action.WRITE_LIBRARY)
def drop() -> Answer:
    """Forget the file."""
    uploads.drop(actor().id)
    return redirect(CHOOSE, 303)


def _form() -> QuestionsForm:
    given = request.args.to_dict() if request.method == "GET" else {}
    form = QuestionsForm(data={"language": languages.readers(), "into": "quiz", **given})
    known = [(each.name, f"{each.title} ({_told(each)})") for each in targets.all_targets()]
    form.into.choices = options([("quiz", _("A new quiz")), ("bank", _("A new bank of questions")), *known])
    steps = [(entry.id, entry.title) for entry in catalogue.entries("step")]
    form.step.choices = options([("", _("As the file says, else the first one")), *steps])
    return form


def _recognised(content: bytes) -> str:
    from app.quizzes.formats import detecting

    return detecting.format_of(content) or ""


def _choose_page(form: QuestionsForm) -> str:
    return render_template(
        "quizzes/exchange/choose.html", form=form, pending=uploads.waiting(actor().id), formats=FORMATS
    )


def _preview_page(form: CreateForm, refused: object = None) -> Answer:
    from app.quizzes.exchange import plans
    from app.quizzes.formats import problem_words as format_words

    upload = uploads.find(actor().id)
    if upload is None:
        return redirect(CHOOSE)
    try:
        plan = plans.make(upload)
    except NotFound:
        uploads.drop(actor().id)
        return redirect(CHOOSE)
    form.upload.data = str(upload.id)
    return render_template(
        "quizzes/exchange/preview.html",
        form=form,
        plan=plan,
        upload=upload,
        refused=refused,
        most=SHOWN,
        types=TYPES,
        said=format_words.said,
        format=FORMATS[upload.wanted.format_name],
    )


def _told(target: Target) -> str:
    """What tells a bank from the quiz of the same title that draws from it."""
    language = target.language.upper()
    return str(_("bank, %(language)s", language=language)) if target.kind == "bank" else language
