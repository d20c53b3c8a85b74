"""What a form offers to choose from: documents by their titles, places to read again, people who write."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache

from flask import current_app
from sqlalchemy import or_, select

from app.accounts.actor import Role
from app.accounts.models import Person
from app.core.database import db
from app.library import catalogue
from app.library.authoring.fields.presentation import Choice, Choices, presentations
from app.library.kinds import all_kinds

LINKED = ("play", "step", "offer", "script")


def documents(kind: str) -> Choices:
    """The published documents of a kind, in their order."""

    def offered(language: str) -> Iterable[Choice]:
        return [Choice(entry.id, entry.title) for entry in catalogue.current().of_kind(kind, language)]

    return offered


def linked(language: str) -> list[Choice]:
    """The documents that a question may send back to: each step with its plays, then the other kinds."""
    current = catalogue.current()
    found: list[Choice] = []
    plays = {entry.id for entry in current.of_kind("play", language)}
    for step in current.of_kind("step", language):
        group = f"{step.card.order}. {step.title}"
        beside = [each for each in current.beside(step, "play") if each.id in plays]
        plays -= {each.id for each in beside}
        found += [Choice(f"play:{each.id}", each.title, group) for each in beside]
        found.append(Choice(f"step:{step.id}", step.title, group))
    kinds = all_kinds().by_name
    for name in LINKED:
        if name in kinds and name != "step":
            group = str(kinds[name].plural or name).capitalize()
            entries = current.of_kind(name, language)
            found += [
                Choice(f"{name}:{each.id}", each.title, group) for each in entries if name != "play" or each.id in plays
            ]
    return found


def parts() -> list[Choice]:
    """The parts that a link may name, by the kind of document that has them."""
    kinds = all_kinds().by_name
    return [
        Choice(part, str(words), str(kinds[name].label).capitalize())
        for name, shown in presentations(current_app._get_current_object()).items()  # type: ignore[attr-defined]
        if name in kinds
        for part, words in shown.parts.items()
    ]


def people() -> list[Choice]:
    """Who may write: managers, administrators, and reps who were given the pen. One statement."""
    rows = db.session.execute(
        select(Person.email, Person.name)
        .where(
            Person.deactivated_at.is_(None),
            or_(Person.writes, Person.role.in_((Role.MANAGER, Role.ADMINISTRATOR))),
        )
        .order_by(Person.name_key, Person.id)
    )
    return [Choice(row.email, f"{row.name} ({row.email})") for row in rows]


class Offered:
    """What one form offers, each list made when it is first asked for. `language` is the document's."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._made: dict[Choices, list[Choice]] = {}
        self.linked: Callable[[], list[Choice]] = cache(lambda: linked(language))
        self.parts: Callable[[], list[Choice]] = cache(parts)
        self.people: Callable[[], list[Choice]] = cache(people)

    def of(self, choices: Choices) -> list[Choice]:
        """The choices that a field declares."""
        if choices not in self._made:
            self._made[choices] = list(choices(self.language))
        return self._made[choices]


def with_words(values: Iterable[str], words: Mapping[str, object]) -> list[Choice]:
    """A closed set of values, in the order of their words where they have some."""
    ordered = [value for value in words if value in set(values)]
    return [Choice(value, str(words.get(value, value))) for value in (*ordered, *(v for v in values if v not in words))]
