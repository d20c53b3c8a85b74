"""Aiken, as Moodle's importer reads it (qformat_aiken): one right answer, no feedback, no weight, no title."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from app.quizzes.formats import encodings
from app.quizzes.formats.collecting import Collector
from app.quizzes.formats.lines import one_line
from app.quizzes.formats.losses import keep, tidy
from app.quizzes.formats.model import FULL, NONE, Option, Question, Reading, Type, Written

NAME = "Aiken"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_OPTION = re.compile(r"([A-Za-z])[.)]\s*(.*)")
_ANSWER = re.compile(r"ANSWER\s*:\s*(.*)", re.IGNORECASE)


@dataclass
class _Open:
    """A question whose answer is still to come."""

    line: int
    stem: list[str]
    options: list[str] = field(default_factory=list)


def read(content: bytes) -> Reading:
    """The questions of an Aiken file. The lines before option A are the stem; options follow in the order A, B, C…"""
    collector = Collector()
    try:
        text = encodings.decode(content)
    except encodings.UnreadableText as wrong:
        collector.wrong(wrong.line, wrong.what)
        return collector.reading
    _Lines(collector).read(text)
    return collector.reading


class _Lines:
    def __init__(self, collector: Collector) -> None:
        self.collector = collector
        self.open: _Open | None = None
        self.orphan = ""  # the letter of the last option that belongs to no question

    def read(self, text: str) -> None:
        if not text.strip():
            self.collector.wrong(1, "no question in the file")
        number = 0
        for number, line in enumerate(text.split("\n"), start=1):
            words = line.strip()
            if self.collector.is_full and words:
                self.collector.reading.too_many(number)
                return
            if words:
                self.line(number, words)
        self.unfinished(number)

    def line(self, number: int, words: str) -> None:
        option, answer = _OPTION.fullmatch(words), _ANSWER.fullmatch(words)
        if answer:
            self.answer(number, answer[1].strip())
        elif option and self.is_next(option[1]):
            self.option(number, option[1], option[2].strip())
        elif self.open and self.open.options and option and option[1].isupper():
            expected = LETTERS[len(self.open.options) % 26]
            self.collector.wrong(number, f"an option {option[1]}, expected {expected}", self.name)
            self.open.options.append("")  # so that the question is refused as well
        elif self.open and not self.open.options:
            self.open.stem.append(words)
        else:
            self.unfinished(number)
            self.open, self.orphan = _Open(number, [words]), ""

    def is_next(self, letter: str) -> bool:
        """Whether this letter continues the options: a stem may well begin with “M. Orsel”, or an answer with “a.”"""
        place = len(self.open.options) if self.open else LETTERS.find(self.orphan or " ") + 1
        return letter.upper() == LETTERS[place % 26]

    def option(self, number: int, letter: str, text: str) -> None:
        if self.open is None:
            self.collector.wrong(number, "an option before any question")
            self.orphan = letter.upper()
        elif len(self.open.options) >= len(LETTERS):
            self.collector.wrong(number, "more than 26 options", self.name)
        else:
            self.open.options.append(text)

    def answer(self, number: int, given: str) -> None:
        if self.open is None:
            self.collector.wrong(number, "an ANSWER without a question")
            self.orphan = ""
            return
        made, self.open = self.open, None
        place = LETTERS.find(given[:1].upper()) if given else -1
        if not re.fullmatch(r"[A-Za-z][.)]?", given) or not 0 <= place < len(made.options):
            self.collector.wrong(
                number,
                f"ANSWER: {given[:40]}, expected the letter of one of its {len(made.options)} options",
                made.stem[0][:60],
            )
            return
        options = tuple(Option(text, FULL if at == place else NONE) for at, text in enumerate(made.options))
        self.collector.take(
            Question(
                key="", type=Type.SINGLE, text="\n".join(made.stem), options=options, line=made.line, is_plain=True
            )
        )

    def unfinished(self, number: int) -> None:
        if self.open is not None:
            self.collector.wrong(self.open.line, f"no ANSWER before line {number}", self.name)
        self.open = None

    @property
    def name(self) -> str:
        return self.open.stem[0][:60] if self.open else ""


def write(questions: Iterable[Question]) -> Written:
    """An Aiken file, and what it could not carry."""
    kept = keep(questions, kept_of, NAME)
    out = []
    for question in kept.questions:
        right = next(place for place, each in enumerate(question.options) if each.fraction == FULL)
        rows = [f"{LETTERS[place]}) {each.text}" for place, each in enumerate(question.options)]
        out.append("\n".join([question.text, *rows, f"ANSWER: {LETTERS[right]}", ""]))
    return Written("\n".join(out).encode(), kept.losses, kept.left_out)


def kept_of(question: Question) -> Question | str:
    """What Aiken keeps: a stem, options of one line, the right one."""
    if question.type is not Type.SINGLE:
        return f"a question of the type {question.type.value}"
    if not 2 <= len(question.options) <= len(LETTERS):
        return "more than 26 options"
    known = tidy(question)
    right = [place for place, each in enumerate(known.options) if each.fraction == FULL]
    if len(right) != 1:
        return "a question with several right options"
    stem = "\n".join(one_line(line) for line in known.text.split("\n") if line.strip())
    if any(_ANSWER.fullmatch(line) or (_OPTION.fullmatch(line) and line[0] in "Aa") for line in stem.split("\n")):
        return "a text with a line that looks like an option or an answer"
    if _OPTION.fullmatch(stem.split("\n")[0]) and stem[0] in "Aa":
        return "a text that begins like an option"
    options = tuple(
        Option(one_line(each.text), FULL if place == right[0] else NONE) for place, each in enumerate(known.options)
    )
    return replace(Question(question.key, Type.SINGLE, text=stem, options=options, is_plain=True), line=question.line)
