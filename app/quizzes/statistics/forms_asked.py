"""In which form each attempt asked a question, and whether that is the form that is looked at.

A question of the same key may have asked something else in another revision: figures of one are not those of the other.
"""

from collections.abc import Hashable, Iterable, Mapping
from functools import cached_property
from typing import Any

from app.library import catalogue
from app.quizzes import papers
from app.quizzes.attempting.composition import bank_of
from app.quizzes.documents import QuizFacts
from app.quizzes.identity import what_is_asked
from app.quizzes.questions import Question
from app.quizzes.regrading import carrying
from app.quizzes.replies import Reply
from app.quizzes.statistics.sittings import Sitting

Form = tuple[str, int, str]


def form_of(question: Question) -> Form:
    """What a question asks and pays, whatever the words around."""
    return question.type, question.points, what_is_asked(question)


def shape_of(facts: QuizFacts) -> Hashable:
    """What makes two revisions one quiz to the statistics: the questions of its own, and how it draws."""
    own = frozenset((question.key, *form_of(question)) for question in facts.questions)
    return own, _drawing(facts)


def _drawing(facts: QuizFacts) -> Hashable:
    return tuple((section.bank, frozenset(section.tags), section.draw) for section in facts.sections)


class Forms:
    """The quiz as it is at one revision, against which attempts are held."""

    def __init__(self, revision: int) -> None:
        self.paper = papers.of(revision)
        self.facts = self.paper.facts
        self.own = {question.key: question for question in self.facts.questions}
        self._shape = shape_of(self.facts)
        self._known: dict[Hashable, Any] = {}

    @cached_property
    def banks(self) -> Mapping[str, Mapping[str, Question]]:
        """The questions of each bank that sections draw from, as it is published now."""
        found = {}
        for name in sorted({section.bank for section in self.facts.sections if section.bank}):
            entry = catalogue.current().find(name, self.paper.language, "bank")
            found[name] = papers.bank(entry.revision_id) if entry else {}
        return found

    def compares(self, sitting: Sitting) -> bool:
        """Whether an attempt was at this quiz: it stands under a revision that draws alike, and whose own questions,
        as far as it asked them, ask and pay the same. Without drawing it must have asked them all."""
        if sitting.sheet is None:
            case = (sitting.revision, sitting.regraded_by, sitting.left_out)
            return bool(self._once(case, lambda: self._compares(sitting)))
        return self._compares(sitting)

    def is_same(self, sitting: Sitting, key: str) -> bool:
        """Whether an attempt asked a question in the form that is looked at."""
        return bool(self._once((*sitting.source(key), key), lambda: self._is_same(sitting, key)))

    def question(self, key: str, sittings: Iterable[Sitting] = ()) -> Question | None:
        """The form that is looked at: the quiz's own, or that of the bank as it is published; of a question taken out
        of its bank since, the one of the last attempt that asked it."""
        bank = bank_of(key)
        if bank is None:
            return self.own.get(key)
        if key not in self.banks.get(bank, {}):
            return self._once(("gone", key), lambda: self._last_form(key, sittings))  # type: ignore[no-any-return]
        return self.banks[bank][key]

    def form(self, sitting: Sitting, key: str) -> Question | None:
        """The form in which an attempt stands: the corrected one where a regrading could carry the reply over."""
        first, standing = (self._held(revision, key) for revision in sitting.source(key))
        return standing if first and standing and carrying.fits(first, standing) else first

    def carried(self, sitting: Sitting, key: str, reply: Reply) -> Reply:
        """A reply as one to the form that the attempt stands under: options may have moved when it was corrected."""
        first, standing = self._held(sitting.source(key)[0], key), self.form(sitting, key)
        return reply if first is standing or not first or not standing else carrying.carry(first, standing, reply)

    def _compares(self, sitting: Sitting) -> bool:
        standing = papers.of(sitting.regraded_by or sitting.revision).facts
        if _drawing(standing) != _drawing(self.facts):
            return False
        first = papers.of(sitting.revision).facts.questions
        own = [key for key in sitting.asked([question.key for question in first]) if bank_of(key) is None]
        if not self.facts.sections and set(own) != set(self.own):
            return False
        return all(key in self.own and self.is_same(sitting, key) for key in own)

    def _is_same(self, sitting: Sitting, key: str) -> bool:
        asked, wanted = self.form(sitting, key), self.question(key, (sitting,))
        return asked is not None and wanted is not None and form_of(asked) == form_of(wanted)

    def _last_form(self, key: str, sittings: Iterable[Sitting]) -> Question | None:
        forms = (self.form(sitting, key) for sitting in reversed(list(sittings)))
        return next((form for form in forms if form), None)

    @staticmethod
    def _held(revision: int | None, key: str) -> Question | None:
        if revision is None:
            return None
        return papers.of(revision).question(key) if bank_of(key) is None else papers.bank(revision).get(key)

    def _once(self, key: Hashable, make: Any) -> Any:
        if key not in self._known:
            self._known[key] = make()
        return self._known[key]
