"""What the fields of a question show: things to pick, place or fill in, in the order shown, with the reply given."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _
from flask_babel import ngettext

from app.library.typography import TAG
from app.quizzes.arrangement import Numbers
from app.quizzes.questions import (
    CategoriesQuestion,
    FreeTextQuestion,
    GapsQuestion,
    MatchingQuestion,
    MultipleQuestion,
    NumericQuestion,
    OrderingQuestion,
    Question,
    SingleQuestion,
    TrueFalseQuestion,
)
from app.quizzes.questions.placeholders import GAP
from app.quizzes.replies import Chosen, Filled, Judged, Placed, Reply, Typed
from app.quizzes.sheets import LETTERS, Choice, Sheet


@dataclass(frozen=True)
class Row:
    """A thing to be put in its place, and where it was put: by their numbers on the page (`arrangement.Numbers`)."""

    thing: int
    html: str
    words: str
    place: int | None


@dataclass(frozen=True)
class Menu:
    """A place that may be chosen: its number on the page, and its words."""

    place: int
    words: str


@dataclass(frozen=True)
class Ask:
    """The fields of a question. `family` names their template.

    `pieces` are the text around the gaps, as HTML, and the gaps by their number from 0; `filled` is what they hold.
    """

    family: str
    choices: tuple[Choice, ...] = ()
    picked: frozenset[str] = frozenset()
    text: str = ""
    rows: tuple[Row, ...] = ()
    menu: tuple[Menu, ...] = ()
    pieces: tuple[str | int, ...] = ()
    filled: tuple[str | int | None, ...] = ()


def ask(sheet: Sheet, reply: Reply | None, order: Sequence[int]) -> Ask:
    """The fields of a question; `order` is how its things are shown, as places in the file (`Paper.order_of`)."""
    question = sheet.question
    match question:
        case SingleQuestion() | MultipleQuestion():
            shown = enumerate(sheet.choices[place] for place in order)
            numbered = (replace(choice, letter=LETTERS[number], value=str(number)) for number, choice in shown)
            picked = reply.options if isinstance(reply, Chosen) else frozenset()
            ticked = frozenset(str(number) for number, place in enumerate(order) if place in picked)
            return Ask("choices", choices=tuple(numbered), picked=ticked)
        case TrueFalseQuestion():
            judged = {"true" if reply.answer else "false"} if isinstance(reply, Judged) else set()
            both = (Choice("A", "true", _("True"), ""), Choice("B", "false", _("False"), ""))
            return Ask("choices", choices=both, picked=frozenset(judged))
        case GapsQuestion():
            return _gaps(sheet, question, reply, order)
        case MatchingQuestion():
            things = range(len(sheet.things))
            return Ask("pairing", rows=_rows(sheet, things, Numbers(things, order), reply), menu=_menu(sheet, order))
        case CategoriesQuestion():
            places = range(len(sheet.places))
            return Ask("pairing", rows=_rows(sheet, order, Numbers(order, places), reply), menu=_menu(sheet, places))
        case OrderingQuestion():
            return _ordering(sheet, reply, order)
        case FreeTextQuestion():
            return Ask("written", text=reply.text if isinstance(reply, Typed) else "")
        case _:
            return Ask("typed", text=reply.text if isinstance(reply, Typed) else "")


def doubt(question: Question) -> str:
    """What is said of a reply that is kept, and yet not one that can count in full."""
    match question:
        case NumericQuestion():
            return str(_("Saved, but this is no number we can read: write for example 1,026.50"))
        case FreeTextQuestion():
            most = question.most_words
            return str(
                ngettext(
                    "Saved, but longer than asked for: %(num)d word at most.",
                    "Saved, but longer than asked for: %(num)d words at most.",
                    most,
                )
            )
        case OrderingQuestion():
            return str(_("Saved, not complete yet: each item needs a position of its own."))
        case _:
            return str(_("Saved, not complete yet."))


def text_with_gaps(html: str) -> tuple[str | int, ...]:
    """The HTML around the gaps, and the gaps by their number from 0. A mark inside a tag is no gap."""
    pieces: list[str | int] = []
    done = 0
    tags = [(tag.start(), tag.end()) for tag in TAG.finditer(html)]
    for mark in GAP.finditer(html):
        if any(start < mark.start() < end for start, end in tags):
            continue
        pieces += [html[done : mark.start()], int(mark[1]) - 1]
        done = mark.end()
    return (*pieces, html[done:])


def _gaps(sheet: Sheet, question: GapsQuestion, reply: Reply | None, order: Sequence[int]) -> Ask:
    given: dict[int, str | int] = dict(reply.texts) if isinstance(reply, Filled) else {}
    if isinstance(reply, Placed):
        given = {gap: list(order).index(word) for gap, word in reply.places.items()}
    return Ask(
        "gaps",
        menu=_menu(sheet, order) if question.choose else (),
        pieces=text_with_gaps(sheet.html),
        filled=tuple(given.get(gap) for gap in range(len(question.gaps))),
    )


def _ordering(sheet: Sheet, reply: Reply | None, order: Sequence[int]) -> Ask:
    """As the person left them, once all have a position; else as first shown."""
    placed = reply.places if isinstance(reply, Placed) else {}
    is_whole = len(set(placed.values())) == len(order)
    shown = sorted(order, key=placed.__getitem__) if is_whole else order
    positions = range(len(order))
    menu = tuple(Menu(place, str(place + 1)) for place in positions)
    return Ask("ordering", rows=_rows(sheet, shown, Numbers(order, positions), reply), menu=menu)


def _rows(sheet: Sheet, shown: Sequence[int], numbers: Numbers, reply: Reply | None) -> tuple[Row, ...]:
    placed = reply.places if isinstance(reply, Placed) else {}
    thing_at, place_at = list(numbers.things).index, list(numbers.places).index
    return tuple(
        Row(
            thing_at(thing),
            sheet.things[thing].html,
            sheet.things[thing].words,
            place_at(placed[thing]) if thing in placed else None,
        )
        for thing in shown
    )


def _menu(sheet: Sheet, order: Sequence[int]) -> tuple[Menu, ...]:
    return tuple(Menu(number, sheet.places[place].words) for number, place in enumerate(order))
