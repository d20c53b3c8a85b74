"""Collecting the questions of a file: what every format asks of a question, and what is wrong with those that fail."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction

from app.quizzes.formats.keys import Keys, slug
from app.quizzes.formats.markup import Text, as_markdown, escaped, one_form
from app.quizzes.formats.model import ANYTHING, FULL, LONGEST_TEXT, NONE, Question, Reading, Type

_CLOSE = Fraction(1, 100)
_WITH_FULL = {Type.SINGLE, Type.TRUE_FALSE, Type.SHORT_ANSWER, Type.NUMERIC, Type.CALCULATED}
MOST_ROWS = 200  # options or pairs of one question
TOO_MANY_ROWS = f"more than {MOST_ROWS} options or pairs"


class Collector:
    """The reading of one file under construction."""

    def __init__(self) -> None:
        self.reading = Reading()
        self._keys = Keys()

    @property
    def is_full(self) -> bool:
        """Whether the file is to be left there."""
        return self.reading.is_full

    def wrong(self, line: int, what: str, question: str = "") -> None:
        """A problem of the file, or of a question by its name."""
        self.reading.wrong(line, what, question)

    def take(self, question: Question, *names: str, notes: Iterable[str] = ()) -> bool:
        """Add a question under a key of its own, made of the first of `names` that can be one, else its title or text.

        One that has a flaw is not added. `notes` are what of it could not be kept; they are problems as well.
        """
        candidates = (*names, question.title, question.text)
        found = flaws(question)
        if found:
            for flaw in found:
                self.reading.wrong(question.line, flaw, next(filter(None, map(slug, candidates)), ""))
            return False
        key = self._keys.take(*candidates)
        self.reading.questions.append(question.with_texts(key=key))
        for note in dict.fromkeys(notes):
            self.reading.wrong(question.line, note, key)
        return True


def flaws(question: Question) -> list[str]:
    """What makes a question unusable, in words; empty for a good one."""
    if len(question.options) > MOST_ROWS or len(question.pairs) > MOST_ROWS:
        return [TOO_MANY_ROWS]  # and nothing else: looking at each of a million takes hours
    found = []
    if not question.text.strip():
        found.append("no text of the question")
    if question.type in _WITH_FULL and max((each.fraction for each in question.options), default=FULL) != FULL:
        found.append("no answer earns 100 %, expected one that does")
    found += _of_type(question)
    texts = (question.text, question.feedback, *(each.text for each in question.options))
    if max(map(len, texts)) > LONGEST_TEXT:
        found.append(f"a text of more than {LONGEST_TEXT} characters")
    if any(not FULL >= each.fraction >= -FULL for each in question.options):
        found.append("a weight beyond 100 %")
    return found


def _of_type(question: Question) -> list[str]:
    options, pairs = question.options, question.pairs
    match question.type:
        case Type.SINGLE | Type.MULTIPLE:
            return _of_choices(question)
        case Type.TRUE_FALSE if sorted(each.text for each in options) != ["false", "true"]:
            return ["expected the answers true and false"]
        case Type.TRUE_FALSE if sum(each.fraction == FULL for each in options) != 1:
            return ["true and false both right, expected one"]
        case Type.NUMERIC if question.value is None and not any(each.text == ANYTHING for each in options):
            return ["no number among the answers"]
        case Type.SHORT_ANSWER | Type.CALCULATED if not options:
            return ["no answer"]
        case Type.SHORT_ANSWER if any(not each.text.strip() for each in options):
            return ["an empty answer"]
        case Type.MATCHING | Type.CATEGORIES if sum(bool(each.prompt.strip()) for each in pairs) < 2:
            return ["fewer than two pairs"]
        case Type.MATCHING | Type.CATEGORIES if any(not each.match.strip() for each in pairs):
            return ["a prompt without a match"]
        case Type.ORDERING if len(options) < 2:
            return ["fewer than two things to order"]
        case Type.GAPS:
            return _of_gaps(question)
    return []


def _of_choices(question: Question) -> list[str]:
    found = []
    if len(question.options) < 2:
        found.append("fewer than two options")
    if any(not each.text.strip() for each in question.options):
        found.append("an empty option")
    if question.type is Type.MULTIPLE and not found:
        total = sum((each.fraction for each in question.options if each.fraction > NONE), NONE)
        if abs(total - FULL) >= _CLOSE:
            found.append(
                f"the weights of the right options add up to {round(float(total) * 100, 2):g} %, expected 100 %"
            )
    return found


def _of_gaps(question: Question) -> list[str]:
    places = {each.prompt for each in question.pairs}
    if not places:
        return ["a text without a gap"]
    missing = [each for each in places if f"[[{each}]]" not in question.text]
    return [f"the gap {each} is not in the text" for each in sorted(missing)]


def with_matches(question: Question, form: str) -> Question:
    """A question whose matches, plain on other platforms, are Markdown as its other texts are; in a text that was
    Markdown already they are too."""
    if question.is_plain or form == "markdown" or question.type is not Type.MATCHING:
        return question
    return question.with_texts(pairs=tuple(replace(each, match=escaped(each.match)) for each in question.pairs))


def settle(texts: list[Text], note: Callable[[str], None]) -> tuple[list[str], bool]:
    """The texts of one question in one form, and whether that is plain: else all become Markdown."""
    if one_form(texts):
        return [each.words for each in texts], True
    return [as_markdown(each, lambda lost: note(f"{lost}, which is left out")) for each in texts], False
