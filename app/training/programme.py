"""What there is to learn: the steps in order, each with its plays and quizzes. Content says how many; no code does."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Item:
    """A play or a quiz. `minutes` is its reading time or its length; `questions` and `pass_mark` are a quiz's."""

    id: str
    kind: str
    title: str
    address: str
    minutes: int
    order: int = 1
    questions: int = 0
    pass_mark: int = 0

    @property
    def is_quiz(self) -> bool:
        """Whether it is passed rather than read."""
        return self.kind == "quiz"


@dataclass(frozen=True)
class Step:
    """A step with what is to be read and passed in it."""

    id: str
    order: int
    title: str
    short_title: str
    address: str
    plays: tuple[Item, ...] = ()
    quizzes: tuple[Item, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """What is to be done, reading first."""
        return self.plays + self.quizzes


@dataclass(frozen=True)
class Target:
    """Something that can be assigned: one item, or all the items of a step."""

    id: str
    title: str
    address: str
    step: Step
    items: tuple[Item, ...]
    whole_step: bool

    @property
    def item_ids(self) -> tuple[str, ...]:
        """The documents that make it done."""
        return tuple(item.id for item in self.items)

    @property
    def is_quiz(self) -> bool:
        """Whether it is one quiz."""
        return not self.whole_step and self.items[0].is_quiz


@dataclass(frozen=True)
class Programme:
    """All the steps, lowest first."""

    steps: tuple[Step, ...]
    targets: dict[str, Target] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        found = {target.id: target for step in self.steps for target in _targets_of(step)}
        object.__setattr__(self, "targets", found)

    def target(self, document_id: str) -> Target | None:
        """What can be assigned under this id; None for an unknown or withdrawn document, or an empty step."""
        return self.targets.get(document_id)


def _targets_of(step: Step) -> Iterable[Target]:
    if step.items:
        yield Target(step.id, step.title, step.address, step, step.items, whole_step=True)
    for item in step.items:
        yield Target(item.id, item.title, item.address, step, (item,), whole_step=False)
