"""The answers of a question as a reader finds them, before their texts have taken one form."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from app.quizzes.formats.markup import Text
from app.quizzes.formats.model import Option, Pair, Question, Type
from app.quizzes.formats.xml_source import Node

TextOf = Callable[[Node | None], Text]
Note = Callable[[str], None]
NO_TEXT = Text("")


class Unusable(Exception):
    """A question that cannot be kept; the message says why."""


@dataclass(frozen=True)
class Answer:
    """An option before its text has taken the form of its question."""

    text: Text
    fraction: Fraction
    feedback: Text = NO_TEXT


@dataclass(frozen=True)
class Row:
    """A pair, likewise."""

    prompt: Text
    match: str
    feedback: Text = NO_TEXT


@dataclass(frozen=True)
class Answers:
    """What a question type says. `typed`: the options are typed, so they are no markup. `text` and `feedback`: in place
    of its own."""

    type: Type
    options: tuple[Answer, ...] = ()
    pairs: tuple[Row, ...] = ()
    typed: bool = False
    text: Text | None = None
    feedback: Text | None = None
    finish: Callable[[Question], Question] = lambda question: question

    def into(self, words: list[str], question: Question) -> Question:
        """The question with its texts, in the order of `texts`."""
        count, rows = len(self.options), len(self.pairs)
        prompts, told = words[2 + 2 * count : 2 + 2 * count + rows], words[2 + 2 * count + rows :]
        texts = [each.text.words for each in self.options] if self.typed else words[2 : 2 + count]
        return self.finish(
            replace(
                question,
                text=words[0],
                feedback=words[1],
                options=tuple(
                    Option(text, each.fraction, feedback)
                    for text, each, feedback in zip(texts, self.options, words[2 + count : 2 + 2 * count], strict=True)
                ),
                pairs=tuple(
                    Pair(prompt, each.match, feedback)
                    for prompt, each, feedback in zip(prompts, self.pairs, told, strict=False)
                ),
            )
        )

    def texts(self, text: Text, feedback: Text) -> list[Text]:
        """All the texts that take one form: the question's, the general feedback, the options, their feedback, the
        prompts, their feedback."""
        options = [NO_TEXT if self.typed else each.text for each in self.options]
        told = [each.feedback for each in self.options]
        return [
            *(text, feedback, *options, *told),
            *(each.prompt for each in self.pairs),
            *(each.feedback for each in self.pairs),
        ]
