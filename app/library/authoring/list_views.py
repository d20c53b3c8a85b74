"""The list of everything that authors look after, and beginning something new."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from app.accounts import refusals
from app.accounts.authorisation import Action
from app.accounts.forms import options
from app.accounts.guard import actor, requires
from app.core import languages
from app.core.errors import InvalidInput
from app.core.pagination import page_number
from app.core.slots import gather
from app.library import catalogue, memory
from app.library.authoring import checks, conflicts, drafts, listing, overview
from app.library.authoring.forms import NewForm
from app.library.authoring.listing import Asked, Line, Sort, State
from app.library.kinds import all_kinds

LONGEST_WORDS = 100
Choice = TypeVar("Choice", bound=StrEnum)


@requires(Action.WRITE_LIBRARY)
def documents() -> str:
    """Every document, or those that fit."""
    given = request.args
    asked = Asked(
        words="".join(each for each in given.get("q", "")[:LONGEST_WORDS] if each.isprintable()).strip(),
        kind=given.get("kind", ""),
        step=given.get("step", ""),
        state=_one_of(State, given.get("state")),
        language=given.get("language", ""),
        mine=given.get("owner") == "mine",
        sort=_one_of(Sort, given.get("sort")) or Sort.TITLE,
    )

    def href(number: int) -> str:
        return f"/library?{urlencode({**given.to_dict(), 'page': number})}"

    found = listing.listed(actor(), asked, page_number(given.get("page")))
    return render_template(
        "library/documents/list.html",
        listing=found,
        asked=asked,
        kinds=all_kinds().by_name.values(),
        steps=listing.steps(),
        State=State,
        Sort=Sort,
        href=href,
        row=lambda line: _row(line, found.owners),
    )


@requires(Action.WRITE_LIBRARY)
def new() -> ResponseReturnValue:
    """Begin a document: what, its title, its language; then its fields or its text."""
    form = NewForm(data={"language": languages.readers(), **request.args.to_dict()})
    kinds = sorted(
        all_kinds().by_name.values(),
        key=lambda kind: (kind.name == "glossary", not kind.is_acknowledged, str(kind.label)),
    )
    form.kind.choices = options((kind.name, str(kind.label).capitalize()) for kind in kinds)
    folders = [(folder, f"{title} ({language})") for folder, title, language in _step_folders()]
    form.folder.choices = options([("", _("No step")), *folders])
    if form.validate_on_submit():
        try:
            draft = drafts.begin_new(
                actor().id,
                form.kind.data,
                form.id.data or "",
                form.title.data or "",
                form.language.data,
                form.folder.data or "",
            )
        except InvalidInput as refused:
            refusals.say_in(form, refused, "title")
        else:
            # What a new document must say before its text is asked for in fields, not in the text's first lines.
            is_asked = not all_kinds().by_name[form.kind.data].has_body
            is_asked = is_asked or bool(checks.check(draft.path, draft.source, draft.document_id).problems)
            return redirect(f"/library/{draft.document_id}/{draft.language}/{'fields' if is_asked else 'edit'}", 303)
    needing_step = [str(kind.label) for kind in kinds if kind.needs_step_beside]
    others = [line for lines in gather("library_new") for line in lines]
    page = render_template("library/documents/new.html", form=form, needing_step=needing_step, others=others)
    return page, 400 if form.is_submitted() else 200


@requires(Action.WRITE_LIBRARY)
def document(document_id: str) -> ResponseReturnValue:
    """To the language in which a document is best opened."""
    return redirect(f"/library/{document_id}/{overview.language_of(document_id)}")


@requires(Action.WRITE_LIBRARY)
def list_conflicts() -> str:
    """What changed in its file and in the browser."""
    return render_template("library/documents/conflicts.html", found=conflicts.listed(), kinds=all_kinds().by_name)


def _row(line: Line, owners: Mapping[str, str]) -> Markup:
    """A document's row: most say the same for a whole generation of the library, and are made once.

    Not those with a draft: the hour that they say becomes a date tomorrow.
    """
    owner = owners.get(line.item.owner or "", line.item.owner)

    def made() -> Markup:
        return Markup(render_template("library/documents/_row.html", line=line, owner=owner))  # noqa: S704 - our own

    if line.drafts:
        return made()
    told = (line.item.id, line.states, line.conflicts, line.lapsed_since, line.readers, owner)
    return memory.kept(("authors' row", languages.time_zone_name(), *told), made)


def _step_folders() -> list[tuple[str, str, str]]:
    """The folders of the published steps, where what belongs to a step goes, in the order of steps."""
    found = [
        (getattr(entry.card, "order", 0), entry.language, entry.folder, entry.title)
        for entry in catalogue.current().all_editions()
        if entry.kind.name == "step"
    ]
    found.sort(key=lambda each: (each[1] != languages.readers(), each[1], each[0]))
    return [(folder, title, language.upper()) for _, language, folder, title in found]


def _one_of(kind: type[Choice], asked: str | None) -> Choice | None:
    """What the address asks for; what makes no sense asks for nothing."""
    return next((each for each in kind if each.value == asked), None)
