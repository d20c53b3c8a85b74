"""What an attempt asks, drawn when it starts: which questions, in which order, with which values.

The sheet of an attempt, as kept: {"sources": {bank: revision}, "questions": [key or "bank/key"], "sections": [how many
of them each section asks], "options": {key: [places in the file, in the order shown]},
"values": {key: {variable: "12.50"}}}.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from app.quizzes import arrangement, calculated
from app.quizzes.documents import MOST_QUESTIONS, QuizFacts, Section
from app.quizzes.questions import CalculatedQuestion, MultipleQuestion, Question, SingleQuestion

Sheet = dict[str, Any]


@dataclass(frozen=True)
class Source:
    """A bank as it is published: the revision, and its questions by "bank/key"."""

    revision_id: int
    questions: Mapping[str, Question]


def draw(facts: QuizFacts, banks: Mapping[str, Source], chance: Random) -> Sheet | None:
    """The sheet of a new attempt; None when every attempt asks the same. A bank that is not there gives nothing."""
    own = {question.key: question for question in facts.questions}
    everything = dict(own)
    for source in banks.values():
        everything |= source.questions
    by_section = _drawn(facts, own, banks, chance) if facts.sections else [list(own)]
    if facts.shuffle:
        for keys in by_section:
            chance.shuffle(keys)
    asked = [key for keys in by_section for key in keys]
    questions = [everything[key] for key in asked]
    orders = {each.key: order for each in questions if (order := _order(each, facts, chance))}
    values = {each.key: _values(each, chance) for each in questions if isinstance(each, CalculatedQuestion)}
    if not (facts.sections or facts.shuffle or orders or values):
        return None
    return {
        "sources": {bank: source.revision_id for bank, source in banks.items()},
        "questions": asked,
        "sections": [len(keys) for keys in by_section] if facts.sections else [],
        "options": orders,
        "values": values,
    }


def _drawn(
    facts: QuizFacts, own: Mapping[str, Question], banks: Mapping[str, Source], chance: Random
) -> list[list[str]]:
    """The keys of each section, in the order of the file, none of them twice."""
    fitting = [_fitting(section, own, banks) for section in facts.sections]
    wanted = [section.draw or len(keys) for section, keys in zip(facts.sections, fitting, strict=True)]
    holder = _allot([chance.sample(keys, len(keys)) for keys in fitting], wanted)
    drawn = [[key for key in keys if holder.get(key) == place] for place, keys in enumerate(fitting)]
    room = MOST_QUESTIONS
    for keys in drawn:
        del keys[room:]
        room -= len(keys)
    return drawn


def _fitting(section: Section, own: Mapping[str, Question], banks: Mapping[str, Source]) -> list[str]:
    if section.bank and section.bank not in banks:
        return []
    questions = banks[section.bank].questions if section.bank else own
    return [key for key, question in questions.items() if set(section.tags) <= set(question.tags)]


def _allot(candidates: Sequence[Sequence[str]], wanted: Sequence[int]) -> dict[str, int]:
    """Which section each key goes to. A section takes its candidates as they come; where they are all taken, another
    one gives up a key for which it has something else, so that as many as possible are asked."""
    holder: dict[str, int] = {}

    def take(section: int, asked: set[int]) -> bool:
        asked.add(section)
        for key in candidates[section]:
            if key not in holder:
                holder[key] = section
                return True
        for key in candidates[section]:
            if holder[key] not in asked and take(holder[key], asked):
                holder[key] = section
                return True
        return False

    for section, several in enumerate(wanted):
        for _ in range(several):
            if not take(section, set()):
                break
    return holder


def _order(question: Question, facts: QuizFacts, chance: Random) -> list[int] | None:
    """The order in which its options, items or words are shown; None as they stand in the file.

    What is to be arranged never stands as in the file, where it is right.
    """
    places = list(range(arrangement.count(question)))
    if len(places) < 2:
        return None
    if isinstance(question, SingleQuestion | MultipleQuestion):
        if not (facts.shuffle_options and question.shuffle):
            return None
        return chance.sample(places, len(places))
    order = chance.sample(places, len(places))
    return order if order != places else order[1:] + order[:1]


def _values(question: CalculatedQuestion, chance: Random) -> dict[str, str]:
    return {name: format(value, "f") for name, value in calculated.draw(question, chance).items()}
