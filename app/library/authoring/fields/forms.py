"""The WTForms form of what is asked: one class a set of fields, rows inside rows, texts as they were typed."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from app.core.errors import InvalidInput
from app.library.authoring.fields.asking import Asked, Control
from app.library.authoring.fields.choices import Offered, with_words
from app.library.authoring.fields.folding import Parted, parted
from app.library.authoring.fields.presentation import Choice

MOST_FIELDS = 20_000  # of what one form sends

_INDEX = re.compile(r"-([0-9]{1,4})-")


class Choosing(SelectField):
    """A list that also holds what the document says, should it not be among the choices (any more)."""

    offered: list[Choice] = []  # noqa: RUF012 - set on each field when it is made

    def grouped(self) -> list[tuple[str, list[Choice]]]:
        """The choices under their headings, in order."""
        groups: dict[str, list[Choice]] = {}
        for choice in self.offered:
            groups.setdefault(choice.group, []).append(choice)
        if self.data and all(choice.value != self.data for choice in self.offered):
            groups.setdefault("", []).append(Choice(self.data, self.data))
        return list(groups.items())


class Ticking(SelectMultipleField):
    """Boxes to tick; what the document says and nobody offers (any more) has a box as well."""

    offered: list[Choice] = []  # noqa: RUF012

    def boxes(self) -> list[tuple[Choice, bool]]:
        """Each choice, and whether it is ticked."""
        chosen = list(self.data or [])
        known = {choice.value for choice in self.offered}
        more = [Choice(value, value) for value in dict.fromkeys(chosen) if value not in known]
        return [(choice, choice.value in chosen) for choice in (*self.offered, *more)]


class Rows(FieldList):  # type: ignore[type-arg]  # generic for type checkers alone
    """Rows, told apart by their type where the kind has several. A form that was cut off is refused."""

    kinds: Mapping[str, Any] = {}
    most: int | None = None
    given = True  # whether the form spoke of these rows at all

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read the rows, as many as the form says it has. Raises InvalidInput for another number, or for too many."""
        if formdata and self.most is not None and len(set(self._extract_indices(self.name, formdata))) > self.most:
            raise InvalidInput(_l("There are more rows than a document may hold."))
        super().process(formdata, data or [], extra_filters)
        if formdata:
            said = formdata.get(f"{self.name}-rows")
            self.given = said is not None
            if said is not None and said != str(len(self.entries)):
                raise InvalidInput(_l("The form arrived incomplete. Nothing was saved; send it again."))

    def _extract_indices(self, prefix: str, formdata: Any) -> Iterator[int]:
        for name in formdata:
            if name.startswith(prefix) and (found := _INDEX.match(name, len(prefix))):
                yield int(found[1])

    def _add_entry(self, formdata: Any = None, data: Any = None, index: int | None = None) -> Any:
        kind = data.get("type") if isinstance(data, dict) else None
        if formdata and index is not None:
            kind = formdata.get(f"{self.name}-{index}-type", kind)
        self.unbound_field = self.kinds.get(str(kind)) or next(iter(self.kinds.values()))
        return super()._add_entry(formdata, data if isinstance(data, dict) else {}, index)  # type: ignore[misc]

    @property
    def data(self) -> Any:
        """The rows as trees; None when the form did not speak of them."""
        return [entry.data for entry in self.entries] if self.given else None


class Fields(Form):
    """A form whose fields know what they ask."""

    asks: ClassVar[tuple[Asked, ...]] = ()
    offered: ClassVar[Offered]
    row_type: ClassVar[str] = ""
    is_wrong = False  # whether a field in it, or in its rows, has something said about it

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for asked in self.asks:
            if asked.control is not Control.MADE:
                self._describe(asked, self._fields[asked.name])
        if "type" in self._fields:
            self._fields["type"].data = self.row_type  # whatever was sent: these are its fields

    def _describe(self, asked: Asked, field: Any) -> None:
        field.asked = asked
        field.said = []
        if asked.control is Control.LINK:
            field.form.document.offered = self.offered.linked()
            field.form.part.offered = self.offered.parts()
        elif asked.control is Control.OWNER:
            field.form.person.offered = self.offered.people()
            _settle_owner(field.form)
        elif asked.control in (Control.CHOICE, Control.TICKS):
            choices = asked.ask.choices
            field.offered = self.offered.of(choices) if choices else with_words(asked.values, asked.ask.words)

    def parted(self, at: str, fields: Iterable[Any] | None = None) -> Parted:
        """Its fields, or some of them: what is shown at once, and what is folded away. `at` is the row to stand on."""
        return parted([each for each in (self if fields is None else fields) if hasattr(each, "asked")], at)

    @property
    def source_of(self) -> dict[str, str]:
        """The fields from which others are made, by the name of what is made."""
        return {asked.name: asked.ask.made_from for asked in self.asks if asked.control is Control.MADE}

    @property
    def tree(self) -> dict[str, Any]:
        """What was typed."""
        return dict(self.data)


class _LinkForm(Form):
    document = Choosing(_l("Page"), validate_choice=False)
    part = Choosing(_l("Part"), validate_choice=False)


class _OwnerForm(Form):
    person = Choosing(_l("A person who writes"), validate_choice=False)
    words = StringField(_l("or a function, in words"))


def _settle_owner(form: Any) -> None:
    """The address of somebody who writes is shown as that person."""
    words = (form.words.data or "").strip()
    if not form.person.data and words.lower() in {choice.value for choice in form.person.offered}:
        form.person.data, form.words.data = words.lower(), ""


def form_class(asks: tuple[Asked, ...], offered: Offered, row_type: str | None = None) -> type[Fields]:
    """The form of a set of fields; of a row when it has a type, with the hidden fields of one."""
    members: dict[str, Any] = {
        asked.name: _field(asked, offered) for asked in asks if asked.control is not Control.MADE
    }
    if row_type is not None:
        members |= {"was": HiddenField(), "type": HiddenField(), "gone": HiddenField()}
    return type("FieldsForm", (Fields,), {**members, "asks": asks, "offered": offered, "row_type": row_type or ""})


def _field(asked: Asked, offered: Offered) -> Any:
    label = str(asked.ask.label)
    match asked.control:
        case Control.TEXT | Control.LINES:
            return TextAreaField(label)
        case Control.TICK:
            return BooleanField(label)
        case Control.CHOICE:
            return Choosing(label, validate_choice=False)
        case Control.TICKS:
            return Ticking(label, validate_choice=False)
        case Control.LINK:
            return FormField(_LinkForm, label)
        case Control.OWNER:
            return FormField(_OwnerForm, label)
        case Control.ROWS:
            kinds = {kind: FormField(form_class(inner, offered, kind)) for kind, inner in asked.kinds.items()}
            rows = type("RowsOf", (Rows,), {"kinds": kinds, "most": asked.most})
            return rows(next(iter(kinds.values())), label, max_entries=None)
        case _:
            return StringField(label)


def refuse_endless(names: Iterable[str]) -> None:
    """Raise InvalidInput for a form with more fields than any document needs."""
    if sum(1 for _ in names) > MOST_FIELDS:
        raise InvalidInput(_l("The form holds too much: split the document."))


def field_at(form: Fields, path: tuple[str | int, ...], *, marks: bool = False) -> Any:
    """The deepest field that stands for a place in the document; None when nothing does. `marks` the way as wrong."""
    inner: Any = form
    found: Any = None
    for part in path:
        if isinstance(inner, Fields):
            inner.is_wrong = inner.is_wrong or marks
            following = inner._fields.get(inner.source_of.get(str(part), str(part)))
            if following is None or not hasattr(following, "asked"):
                return found
        elif isinstance(inner, Rows) and isinstance(part, int) and part < len(inner.entries):
            following = inner.entries[part]
        else:
            return found
        found = following if hasattr(following, "asked") else found
        inner = following.form if isinstance(following, FormField) and isinstance(following.form, Fields) else following
        if isinstance(inner, Fields):
            found = following
    return found
