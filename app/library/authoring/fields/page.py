"""What the page of fields shows: the form, what is wrong beside each field, where the draft stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select
from wtforms import FormField

from app.core import languages
from app.core.database import db
from app.core.errors import NotFound
from app.library import mistakes
from app.library.authoring import beginnings, checks, drafts
from app.library.authoring.fields import words
from app.library.authoring.fields.asking import Asked, Control, asked
from app.library.authoring.fields.choices import Offered
from app.library.authoring.fields.forms import Fields, field_at, form_class
from app.library.authoring.fields.presentation import Presentation, Section, presentations
from app.library.authoring.fields.saving import Origin
from app.library.authoring.fields.texts import TooLarge, parts_of, values_of
from app.library.authoring.fields.values import shown, size
from app.library.authoring.reading import DraftView
from app.library.kinds import Kind, all_kinds
from app.library.models import Edition, Revision
from app.library.problem_words import spoken
from app.library.problems import Problem

MOST_SHOWN = 8_000  # fields: some three hundred questions


@dataclass(frozen=True)
class Text:
    """A document's text before it is a form: its draft's, else the one that a draft would begin with."""

    document_id: str
    language: str
    kind: Kind
    path: str
    title: str
    source: bytes
    origin: Origin
    draft: DraftView | None

    @property
    def asks(self) -> tuple[Asked, ...]:
        """Everything that the form asks."""
        return tuple(each for section in self.presentation.sections for each in asked(self.kind.facts, section.asks))

    @property
    def presentation(self) -> Presentation:
        """How the kind is asked for. Raises NotFound for a kind that nobody presents."""
        found = presentations(current_app._get_current_object())  # type: ignore[attr-defined]
        if self.kind.name not in found:
            raise NotFound(kind=self.kind.name)
        return found[self.kind.name]


@dataclass
class Page:
    """`wrong_elsewhere` are sentences that no field stands for, `in_text` problems of the body."""

    text: Text
    form: Fields
    sections: list[tuple[Section, list[Any]]]
    others: list[str] = field(default_factory=list)
    published: tuple[int, datetime] | None = None
    wrong_elsewhere: list[str] = field(default_factory=list)
    in_text: list[Problem] = field(default_factory=list)
    wrong_fields: int = 0


def text_of(document_id: str, language: str) -> Text:
    """The newest text of a document in a language. Raises NotFound, InvalidInput."""
    draft = drafts.find(document_id, language)
    place = draft or beginnings.foreseen(document_id, language)
    kind = all_kinds().by_name.get(place.kind)
    if kind is None:
        raise NotFound(document=document_id)
    origin = Origin(draft.version if draft else 0, place.base_id)
    return Text(document_id, language, kind, place.path, place.title, place.source, origin, draft)


def has_comma() -> bool:
    """Whether the reader writes numbers with a decimal comma."""
    return languages.readers() == "fr"


def form_of(text: Text, *, sent: Any = None, tree: Mapping[str, Any] | None = None) -> Fields:
    """The form: as it was sent, as a tree, else as the text says. Raises Unreadable, InvalidInput."""
    made = form_class(text.asks, Offered(text.language))
    if sent is not None:
        return made(sent)
    if tree is None:
        values, _lines = values_of(parts_of(text.source, text.kind.has_body))
        tree = shown(text.asks, values, has_comma())
        if size(tree) > MOST_SHOWN:
            raise TooLarge
    return made(data=dict(tree))


def page_of(text: Text, form: Fields, reader_id: Any, *, checked: bool = True) -> Page:
    """The page; `checked`: what is wrong stands beside the fields, which hold what the text says."""
    sections, at = [], iter(text.asks)
    for section in text.presentation.sections:
        fields = [next(at) for _each in asked(text.kind.facts, section.asks)]
        sections.append((section, [form[each.name] for each in fields if each.control is not Control.MADE]))
    page = Page(text, form, sections, published=_published(text))
    if text.draft is not None:
        page.others = [each.name for each in drafts.readers_of(text.draft.id) if each.id != reader_id]
    if checked:
        _note_what_is_wrong(page)
    return page


def _note_what_is_wrong(page: Page) -> None:
    text = page.text
    parts = parts_of(text.source, text.kind.has_body)
    values, lines = values_of(parts)
    said: set[tuple[str, str]] = set()
    for error in words.wrong_in(text.kind, values):
        said.add(mistakes.explain(error))
        path = mistakes.place_of(error)
        found = field_at(page.form, path)
        control = found.asked.control if found is not None and hasattr(found, "asked") else None
        _put(page, path, words.said_of(error, control))
    last = parts.lines_before + parts.yaml.count("\n")
    for problem in checks.check(text.path, text.source, text.document_id).problems:
        if (problem.what, problem.expected) in said:
            continue
        if text.kind.has_body and problem.line > last:
            page.in_text.append(problem)
            continue
        what, expected = spoken(problem.what, problem.expected)
        _put(page, _path_at(lines, problem.line), _("%(what)s, expected: %(expected)s", what=what, expected=expected))


def _put(page: Page, path: tuple[str | int, ...], sentence: str) -> None:
    found = field_at(page.form, path, marks=True)
    if isinstance(found, FormField) and not hasattr(found, "said"):  # about a row as a whole: said at its first field
        found = next((each for each in found.form if hasattr(each, "said")), None)
    if found is None or not hasattr(found, "said"):
        page.wrong_elsewhere.append(f"{'.'.join(map(str, path))}: {sentence}" if path else sentence)
        return
    if sentence not in found.said:
        found.said.append(sentence)
        page.wrong_fields += len(found.said) == 1


def _path_at(lines: Mapping[tuple[str | int, ...], int], line: int) -> tuple[str | int, ...]:
    """The deepest value that begins on a line, else the nearest one above it."""
    above = [(at, len(path), path) for path, at in lines.items() if at <= line and path]
    return max(above, default=(0, 0, ()))[2]


def _published(text: Text) -> tuple[int, datetime] | None:
    row = db.session.execute(
        select(Revision.number, Revision.published_at)
        .join(Edition, Edition.published_id == Revision.id)
        .where(Edition.document_id == text.document_id, Edition.language == text.language)
    ).one_or_none()
    return (row.number, row.published_at) if row else None
