"""The statistics of one question as a page: who replied what, by thirds of the attempts, and version by version."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flask_babel import gettext as _

from app.core import languages
from app.core.errors import NotFound
from app.library import markup, parsing
from app.library.catalogue import Entry
from app.playbook.staircase import Stair
from app.playbook.typography import quoted
from app.quizzes import papers, replies
from app.quizzes.arrangement import places_of, things_of
from app.quizzes.question_page import stair_of
from app.quizzes.questions import GapsQuestion, OrderingQuestion, Question
from app.quizzes.questions.placeholders import GAP
from app.quizzes.sheets import LETTERS
from app.quizzes.statistics import answer_counts, quiz_page, sittings
from app.quizzes.statistics.answer_counts import Counts, Given, Outcome, Piece, Tally, Thirds
from app.quizzes.statistics.item_history import Earlier, history_of
from app.quizzes.statistics.quiz_page import Chosen, Looked, QuestionRow


@dataclass(frozen=True)
class AnswerLine:
    """What some replied: `label` short (a letter), `words` in full. `share` is what it earns, None for no reply."""

    label: str
    words: str
    share: Fraction | None
    thirds: Thirds

    @property
    def is_right(self) -> bool:
        """Whether it earns all of the points, or a right part of them."""
        return self.share is not None and self.share > 0

    @property
    def total(self) -> int:
        """By how many attempts."""
        return sum(self.thirds)


@dataclass(frozen=True)
class PieceLine:
    """A pair, a gap or an item: how many had it right by thirds, and what most others put instead."""

    words: str
    right: Thirds
    instead: str
    times: int


@dataclass(frozen=True)
class ItemPage:
    """One question of a quiz. `before` and `after` are its neighbours."""

    quiz: Entry
    stair: Stair | None
    chosen: Chosen
    row: QuestionRow
    html: str
    counts: Counts
    answers: Sequence[AnswerLine]
    pieces: Sequence[PieceLine]
    history: Sequence[Earlier]
    before: QuestionRow | None
    after: QuestionRow | None
    is_drawn: bool

    @property
    def back(self) -> str:
        """The address of the quiz's statistics."""
        return quiz_page.address(self.quiz.id, self.chosen)


def item_page(quiz_id: str, key: str, chosen: Chosen) -> ItemPage:
    """The page of a question's statistics: two statements more than that of the quiz. Raises NotFound."""
    looked = quiz_page.look(quiz_id, chosen)
    rows = quiz_page.rows_of(looked, chosen)
    place = next((place for place, row in enumerate(rows) if row.question.key == key), None)
    if place is None:
        raise NotFound(question=key)
    question, language = rows[place].question, looked.quiz.language
    counts = answer_counts.count(question, _given(looked, question))
    return ItemPage(
        quiz=looked.quiz,
        stair=stair_of(papers.of(looked.quiz.revision_id)),
        chosen=chosen,
        row=rows[place],
        html=_html(GAP.sub(r"… (\1)", question.text), language),
        counts=counts,
        answers=[_answer(question, tally, language) for tally in counts.tallies] + list(_silent(counts)),
        pieces=[_piece(question, piece, language) for piece in counts.pieces],
        history=history_of(looked, key, chosen.which),
        before=rows[place - 1] if place else None,
        after=rows[place + 1] if place + 1 < len(rows) else None,
        is_drawn=key in looked.found.recorded.marks.asked,
    )


def _given(looked: Looked, question: Question) -> Iterator[Given]:
    """The reply of every attempt that asked this form of the question."""
    recorded, forms, key = looked.found.recorded, looked.forms, question.key
    kept: dict[Any, tuple[dict[str, Any], str | None]] = {
        attempt: (reply, mark) for attempt, reply, mark in sittings.replies_to(looked.quiz.id, key)
    }
    own = list(forms.own)
    for third, sitting in zip(recorded.third, recorded.attempts, strict=True):
        if key not in sitting.asked(own) or not forms.is_same(sitting, key):
            continue
        if sitting.id not in kept:
            yield Given(third, None, Fraction(0))
            continue
        reply, mark = kept[sitting.id]
        share = None if mark is None else Fraction(mark) / question.points
        yield Given(third, forms.carried(sitting, key, replies.from_json(reply)), share)


def _html(text: str, language: str) -> str:
    return str(markup.inline(text, language=language, address=parsing.link_address))


def _plain(text: str, language: str) -> str:
    return markup.plain_text(_html(text, language)) or text


def _answer(question: Question, tally: Tally, language: str) -> AnswerLine:
    value = tally.value
    if isinstance(value, bool):
        name = str(_("True") if value else _("False"))
        return AnswerLine(name, "", tally.share, tally.thirds)
    if isinstance(value, Outcome):
        names = {Outcome.RIGHT: _("Right"), Outcome.PARTLY: _("Partly right"), Outcome.WRONG: _("Wrong")}
        return AnswerLine(str(names[value]), "", tally.share, tally.thirds)
    if isinstance(value, str):
        return AnswerLine(quoted(value, languages.readers()), "", tally.share, tally.thirds)
    options: Sequence[Any] = getattr(question, "options", ())
    return AnswerLine(LETTERS[value], _plain(options[value].text, language), tally.share, tally.thirds)


def _silent(counts: Counts) -> Iterable[AnswerLine]:
    if sum(counts.silent):
        yield AnswerLine(str(_("No reply")), "", None, counts.silent)


def _piece(question: Question, piece: Piece, language: str) -> PieceLine:
    things, places = things_of(question), places_of(question)
    name = str(_("Gap %(number)s", number=piece.place + 1))
    if isinstance(question, OrderingQuestion):
        words, instead = things[piece.place], _position(piece.instead)
    elif isinstance(question, GapsQuestion):
        words = f"{name} · {question.gaps[piece.place].accepted[0]}"
        instead = places[piece.instead] if isinstance(piece.instead, int) else str(piece.instead or "")
    else:
        words = things[piece.place]
        instead = places[piece.instead] if isinstance(piece.instead, int) else ""
    return PieceLine(_plain(words, language), piece.right, _plain(instead, language) if instead else "", piece.times)


def _position(place: int | str | None) -> str:
    return str(_("place %(number)s", number=place + 1)) if isinstance(place, int) else ""


def of_third(part: int, page: ItemPage, third: int) -> int:
    """A count in percent of the attempts of its third."""
    size = page.counts.asked[third]
    return round(100 * part / size) if size else 0
