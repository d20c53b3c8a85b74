"""What making a draft of an uploaded file would do: every question as it will be, what changes, what is left out."""

from dataclasses import dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.errors import InvalidInput
from app.library import catalogue, yaml_source
from app.library.kinds import all_kinds
from app.quizzes.exchange import targets
from app.quizzes.exchange.targets import Target
from app.quizzes.exchange.uploads import Upload
from app.quizzes.formats import composing, importing, registry
from app.quizzes.formats.composing import Fate
from app.quizzes.formats.model import Problem, Reading


@dataclass
class Plan:
    """`fates` are the questions that could be read; `problems` what could not, and what is wrong with the whole.

    `kind` is that of the document, `target` the one that is added to (None: a new one with this `title`, and `about`
    above its questions); `values` is what the target holds.
    """

    kind: str
    language: str
    title: str
    fates: list[Fate] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    target: Target | None = None
    about: dict[str, Any] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    too_many: int = 0

    @property
    def good(self) -> list[Fate]:
        """Those that can stand there."""
        return [fate for fate in self.fates if fate.is_good]

    @property
    def changed(self) -> list[Fate]:
        """Of these, those that would ask or earn something else."""
        return [fate for fate in self.good if fate.losses]

    @property
    def refused(self) -> list[Fate]:
        """Those that cannot."""
        return [fate for fate in self.fates if not fate.is_good]

    @property
    def is_smooth(self) -> bool:
        """Whether everything in the file comes in as it is."""
        return bool(self.good) and not (self.problems or self.changed or self.refused or self.too_many)

    @property
    def writes(self) -> bool:
        """Whether anything can come in."""
        return bool(self.good) and not self.too_many


def make(upload: Upload) -> Plan:
    """Read the file and look at each question. Raises NotFound when the quiz to add to is gone, InvalidInput when its
    draft cannot be read."""
    wanted = upload.wanted
    reading = registry.FORMATS[wanted.format_name].read(upload.content)
    if wanted.into in targets.KINDS:
        plan, step, taken = _new(reading, upload)
    else:
        plan, step, taken = _added(targets.find(wanted.into), wanted.step)
    plan.problems += sorted(reading.problems)
    most = composing.MOST_IN[plan.kind]
    plan.fates = composing.fates(
        reading.questions[:most],
        read_again=f"step:{step}",
        language=plan.language,
        taken=taken,
        title=plan.title if plan.kind == "bank" else "",
    )
    if len(taken) + len(reading.questions) > most:
        plan.too_many = most
    path = all_kinds().by_name[plan.kind].new_path("import", plan.language, "")
    about = {"title": "T", **plan.about, "id": "import"} if plan.target is None else _bare(plan.kind, step)
    plan.problems += [
        Problem(1, "", each) for each in composing.refuse_what_the_library_refuses(path, about, plan.fates)
    ]
    return plan


def _bare(kind: str, step: str) -> dict[str, Any]:
    return {"id": "import", "title": "T"} | ({"step": step, "pass_mark": 80} if kind == "quiz" else {})


def _new(reading: Reading, upload: Upload) -> tuple[Plan, str, list[str]]:
    wanted = upload.wanted
    stem = upload.name.rpartition(".")[0] or upload.name
    asked = importing.Wanted(None, wanted.title or None, None, wanted.language, stem, kind=wanted.into)
    title = importing.title_of(reading, asked)[:200].strip() or "Questions"
    said = str(reading.about.get("step") or "")
    step = wanted.step or (said if catalogue.current().find(said, wanted.language, "step") else "") or first_step()
    about = importing.about_of(reading, wanted.into, "", title, step)
    return Plan(wanted.into, wanted.language, title, about=about), step, []


def first_step() -> str:
    """The step that questions send back to when nobody said which."""
    steps = catalogue.entries("step")
    return steps[0].id if steps else ""


def _added(target: Target, wanted_step: str) -> tuple[Plan, str, list[str]]:
    try:
        values = yaml_source.read(targets.text_of(target)).value
    except (yaml_source.YamlError, RecursionError):
        values = None
    rows = values.get("questions", []) if isinstance(values, dict) else None
    if not isinstance(values, dict) or not isinstance(rows, list):
        raise InvalidInput(
            _l("The draft of “%(title)s” cannot be read. Mend it in the editor first.", title=target.title)
        )
    taken = [str(row.get("key", "")) for row in rows if isinstance(row, dict)]
    plan = Plan(target.kind, target.language, target.title, target=target, values=values)
    step = wanted_step or str(values.get("step") or "") or first_step()
    return plan, step, taken
