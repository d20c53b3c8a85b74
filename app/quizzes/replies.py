"""Replies: what a person answers to a question, typed by its type, read from a form and kept as JSON."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.errors import InvalidInput
from app.quizzes.questions import (
    CalculatedQuestion,
    CategoriesQuestion,
    FreeTextQuestion,
    GapsQuestion,
    MatchingQuestion,
    MultipleQuestion,
    NumericQuestion,
    OrderingQuestion,
    Question,
    ShortAnswerQuestion,
    SingleQuestion,
    TrueFalseQuestion,
)

LONGEST_TEXT = 200
LONGEST_FREE_TEXT = 12_000


class WrongReply(InvalidInput):
    """What was sent cannot be a reply to this question: an option it does not have, two for one, a text too long."""

    sentence = _l("This reply does not fit the question. Reload the page and answer again.")


@dataclass(frozen=True)
class Chosen:
    """Options picked, by their place in the file, counted from 0."""

    options: frozenset[int]


@dataclass(frozen=True)
class Judged:
    """True or false."""

    answer: bool


@dataclass(frozen=True)
class Typed:
    """Words or a number, as typed; sentences, where these are asked for."""

    text: str


@dataclass(frozen=True)
class Placed:
    """Things put in their places, both counted from 0 in the order of the file.

    Prompts beside their matches (`question.matches`), items in their categories (items counted through all of them),
    items at their positions, words (`question.words`) in their gaps: here the gap is the thing, the word its place.
    """

    places: Mapping[int, int]


@dataclass(frozen=True)
class Filled:
    """What was typed into gaps, counted from 0."""

    texts: Mapping[int, str]


Reply = Chosen | Judged | Typed | Placed | Filled


def parse(question: Question, values: Sequence[str]) -> Reply | None:
    """The reply that a form's values make; None when they make none (nothing picked, nothing typed).

    Options come as their places ("0"), a judgement as "true" or "false", words as they are, and what is put in its
    place as "thing:place" ("0:2"), or "gap:words". A reply may be in part. Raises WrongReply.
    """
    match question:
        case SingleQuestion():
            return _chosen(values, len(question.options), most=1)
        case MultipleQuestion():
            return _chosen(values, len(question.options), most=len(question.options))
        case TrueFalseQuestion():
            return _judged(values)
        case NumericQuestion() | CalculatedQuestion() | ShortAnswerQuestion():
            return _typed(values, LONGEST_TEXT)
        case FreeTextQuestion():
            return _typed(values, LONGEST_FREE_TEXT, lines=True)
        case GapsQuestion(choose=False):
            return _filled(values, len(question.gaps))
        case GapsQuestion():
            return _placed(values, len(question.gaps), len(question.words))
        case MatchingQuestion():
            return _placed(values, len(question.pairs), len(question.matches))
        case OrderingQuestion():
            return _placed(values, len(question.items), len(question.items))
        case CategoriesQuestion():
            return _placed(values, len(question.right_places), len(question.categories))


def _chosen(values: Sequence[str], options: int, most: int) -> Chosen | None:
    if len(values) > most or len(set(values)) < len(values):
        raise WrongReply(values=len(values))
    known = {str(place): place for place in range(options)}
    if foreign := [value for value in values if value not in known]:
        raise WrongReply(foreign=len(foreign))
    return Chosen(frozenset(known[value] for value in values)) if values else None


def _judged(values: Sequence[str]) -> Judged | None:
    if not values:
        return None
    if len(values) > 1 or values[0] not in ("true", "false"):
        raise WrongReply(values=len(values))
    return Judged(values[0] == "true")


def _typed(values: Sequence[str], longest: int, *, lines: bool = False) -> Typed | None:
    if len(values) > 1:
        raise WrongReply(values=len(values))
    clean = _clean("".join(values), longest, lines=lines)
    return Typed(clean) if clean else None


def _placed(values: Sequence[str], things: int, places: int) -> Placed | None:
    placed = {thing: _place(where, places) for thing, where in _apart(values, things) if where}
    return Placed(placed) if placed else None


def _filled(values: Sequence[str], gaps: int) -> Filled | None:
    texts = {gap: _clean(words, LONGEST_TEXT) for gap, words in _apart(values, gaps)}
    filled = {gap: text for gap, text in texts.items() if text}
    return Filled(filled) if filled else None


def _apart(values: Sequence[str], things: int) -> list[tuple[int, str]]:
    """Things and what follows their colon, in the order of the file; each thing at most once. A list left on its empty
    choice sends nothing."""
    sent = [value for value in values if value]
    if len(sent) > things:
        raise WrongReply(values=len(sent))
    apart = [value.partition(":") for value in sent]
    if not all(colon for _, colon, _ in apart):
        raise WrongReply(values=len(sent))
    found = sorted((_place(thing, things), what) for thing, _, what in apart)
    if len({thing for thing, _ in found}) < len(found):
        raise WrongReply(repeated=True)
    return found


def _place(written: str, places: int) -> int:
    """A place written in the one way there is: "0", "1", "10"."""
    if len(written) > 3 or not written.isascii() or not written.isdecimal() or str(int(written)) != written:
        raise WrongReply(place=written[:9])
    if int(written) >= places:
        raise WrongReply(place=int(written))
    return int(written)


def _clean(text: str, longest: int, *, lines: bool = False) -> str:
    """Typed words without what comes from no keyboard, and not every database keeps."""
    if lines:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > longest:
        raise WrongReply(_l("This reply is too long: at most %(most)s characters.", most=longest), length=len(text))
    kept = "\n" if lines else ""
    return "".join(" " if _is_unkept(letter) and letter not in kept else letter for letter in text).strip()


def _is_unkept(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Cs")


def as_json(reply: Reply) -> dict[str, Any]:
    """How a reply is kept."""
    match reply:
        case Chosen(options):
            return {"options": sorted(options)}
        case Judged(answer):
            return {"answer": answer}
        case Typed(text):
            return {"text": text}
        case Placed(places):
            return {"places": {str(thing): place for thing, place in sorted(places.items())}}
        case Filled(texts):
            return {"texts": {str(gap): text for gap, text in sorted(texts.items())}}


def from_json(kept: dict[str, Any]) -> Reply:
    """The reply that was kept."""
    if "options" in kept:
        return Chosen(frozenset(kept["options"]))
    if "answer" in kept:
        return Judged(kept["answer"])
    if "places" in kept:
        return Placed({int(thing): place for thing, place in kept["places"].items()})
    if "texts" in kept:
        return Filled({int(gap): text for gap, text in kept["texts"].items()})
    return Typed(kept["text"])
