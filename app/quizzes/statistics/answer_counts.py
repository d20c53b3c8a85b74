"""Who replied what to a question: its options, what was typed, what was put where, by thirds of the attempts.

The source of such a table is Moodle's quiz statistics report, “Analysis of responses”; the thirds are our own.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from app.quizzes import grading
from app.quizzes.grading.shares import things_in
from app.quizzes.questions import (
    CategoriesQuestion,
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
from app.quizzes.replies import Chosen, Filled, Judged, Placed, Reply, Typed

MOST_TYPED = 20  # different replies that are listed, the most frequent ones
LONGEST_SHOWN = 80

Thirds = tuple[int, int, int]


class Outcome(Enum):
    """What a reply earned, where its words cannot be compared from one attempt to another."""

    RIGHT = "all of the points"
    PARTLY = "a part of the points"
    WRONG = "nothing"


@dataclass(frozen=True)
class Given:
    """A reply to the question in one attempt: its third, the reply, the share of the points it earned (None: nobody
    has scored it)."""

    third: int
    reply: Reply | None
    share: Fraction | None


@dataclass(frozen=True)
class Tally:
    """One thing that could be replied: an option by its place, a judgement, typed words, an outcome. `share` is what it
    earns; `thirds` how many replied it, among the lower, middle and upper third."""

    value: int | bool | str | Outcome
    share: Fraction
    thirds: Thirds

    @property
    def total(self) -> int:
        """By how many attempts."""
        return sum(self.thirds)


@dataclass(frozen=True)
class Piece:
    """A pair, a gap, an item: how many had it right, by thirds, and what most of the others put instead."""

    place: int
    right: Thirds
    instead: int | str | None
    times: int


@dataclass(frozen=True)
class Counts:
    """The replies to a question. `asked` are the attempts by thirds, `silent` those without a reply; `others` is how
    many different typed replies are not listed."""

    asked: Thirds
    silent: Thirds
    tallies: tuple[Tally, ...] = ()
    pieces: tuple[Piece, ...] = ()
    others: int = 0

    @property
    def attempts(self) -> int:
        """How many were asked."""
        return sum(self.asked)


def count(question: Question, given: Iterable[Given]) -> Counts:
    """Count the replies to a question."""
    every = list(given)
    asked, silent = _thirds(every), _thirds(each for each in every if each.reply is None)
    replied = [each for each in every if each.reply is not None]
    match question:
        case SingleQuestion() | MultipleQuestion():
            return Counts(asked, silent, _options(question.shares, replied))
        case TrueFalseQuestion():
            return Counts(asked, silent, _judged(question.answer, replied))
        case NumericQuestion() | ShortAnswerQuestion():
            tallies = _typed(replied)
            return Counts(asked, silent, tallies[:MOST_TYPED], others=max(0, len(tallies) - MOST_TYPED))
        case MatchingQuestion() | CategoriesQuestion() | OrderingQuestion() | GapsQuestion():
            return Counts(asked, silent, pieces=_pieces(question, replied))
        case _:
            return Counts(asked, silent, _outcomes(replied))


def of_options(
    shares: Mapping[int | bool, Fraction], picked: Mapping[int | bool, Thirds], asked: Thirds, silent: Thirds
) -> Counts:
    """The counts of a choice whose options were counted already."""
    return Counts(
        asked, silent, tuple(Tally(value, share, picked.get(value, (0, 0, 0))) for value, share in shares.items())
    )


def shares_of(question: Question) -> dict[int | bool, Fraction] | None:
    """What each option of a choice earns or costs; None when the question is no choice."""
    match question:
        case SingleQuestion() | MultipleQuestion():
            return dict(enumerate(question.shares))
        case TrueFalseQuestion():
            return {value: Fraction(value is question.answer) for value in (True, False)}
        case _:
            return None


def _thirds(given: Iterable[Given]) -> Thirds:
    found = Counter(each.third for each in given)
    return found[0], found[1], found[2]


def _options(shares: Sequence[Fraction], replied: Sequence[Given]) -> tuple[Tally, ...]:
    return tuple(
        Tally(place, share, _thirds(each for each in replied if _has(each.reply, place)))
        for place, share in enumerate(shares)
    )


def _has(reply: Reply | None, place: int) -> bool:
    return isinstance(reply, Chosen) and place in reply.options


def _judged(right: bool, replied: Sequence[Given]) -> tuple[Tally, ...]:
    return tuple(
        Tally(
            value,
            Fraction(value is right),
            _thirds(each for each in replied if isinstance(each.reply, Judged) and each.reply.answer is value),
        )
        for value in (True, False)
    )


def _typed(replied: Sequence[Given]) -> tuple[Tally, ...]:
    """Replies that differ in capitals or spaces alone are one, written as most wrote it. The most frequent ones first;
    the share is what the most generous hint-free grading of it gave."""
    alike: dict[str, list[Given]] = {}
    for each in replied:
        if isinstance(each.reply, Typed):
            alike.setdefault(" ".join(each.reply.text.casefold().split()), []).append(each)
    found = []
    for folded, same in alike.items():
        written = Counter(each.reply.text for each in same if isinstance(each.reply, Typed))
        words = min(written, key=lambda text: (-written[text], text)) if written else folded
        share = max((each.share for each in same if each.share is not None), default=Fraction(0))
        found.append(Tally(words[:LONGEST_SHOWN], share, _thirds(same)))
    return tuple(sorted(found, key=lambda tally: (-tally.total, str(tally.value))))


def _outcomes(replied: Sequence[Given]) -> tuple[Tally, ...]:
    shares = {Outcome.RIGHT: Fraction(1), Outcome.PARTLY: Fraction(1, 2), Outcome.WRONG: Fraction(0)}
    return tuple(
        Tally(outcome, share, _thirds(each for each in replied if _outcome(each.share) is outcome))
        for outcome, share in shares.items()
    )


def _outcome(share: Fraction | None) -> Outcome:
    if not share or share < 0:
        return Outcome.WRONG
    return Outcome.RIGHT if share >= 1 else Outcome.PARTLY


def _pieces(question: Question, replied: Sequence[Given]) -> tuple[Piece, ...]:
    rights = [(each, grading.parts_right(question, each.reply)) for each in replied if each.reply is not None]
    pieces = []
    for place in range(things_in(question)):
        right = _thirds(each for each, is_right in rights if is_right[place])
        put = [_put(each.reply, place) for each, is_right in rights if not is_right[place]]
        wrong = Counter(what for what in put if what is not None)
        most = min(wrong.items(), key=lambda item: (-item[1], str(item[0])), default=(None, 0))
        pieces.append(Piece(place, right, *most))
    return tuple(pieces)


def _put(reply: Reply | None, place: int) -> int | str | None:
    """What stands at a place, typed words without what spaces and capitals change."""
    match reply:
        case Placed(places):
            return places.get(place)
        case Filled(texts):
            return " ".join(texts.get(place, "").casefold().split())[:LONGEST_SHOWN] or None
        case _:
            return None
