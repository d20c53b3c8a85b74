"""Corrections of what was put in its place, part by part."""

from fractions import Fraction

from flask_babel import gettext as _

from app.quizzes import grading
from app.quizzes.asks import text_with_gaps
from app.quizzes.corrections.parts import Line, Part, Shown, Told
from app.quizzes.questions import CategoriesQuestion, GapsQuestion, MatchingQuestion, OrderingQuestion
from app.quizzes.replies import Filled, Placed, Reply
from app.quizzes.sheets import Sheet, Thing


def gaps(sheet: Sheet, question: GapsQuestion, reply: Reply | None, shown: Shown, *, is_right: bool) -> Told:
    """Each gap: what fills it, and what would."""
    right, near = grading.parts_right(question, reply), grading.near_gaps(question, reply)
    parts = tuple(
        Part(
            Line(words=_("Gap %(number)s", number=place + 1)),
            _filling(sheet, reply, place),
            is_right=right[place] if shown.marks else None,
            is_near=shown.marks and place in near,
            expected=Line(words=gap.accepted[0]) if shown.answers and not right[place] else None,
            feedback=sheet.row_feedback[place] if shown.feedback else "",
        )
        for place, gap in enumerate(question.gaps)
    )
    return Told(parts=parts, feedback=_said(sheet, shown, is_right=is_right))


def pairing(
    sheet: Sheet, question: MatchingQuestion | CategoriesQuestion, reply: Reply | None, shown: Shown, *, is_right: bool
) -> Told:
    """Each prompt and its match, each item and its category."""
    right = grading.parts_right(question, reply)
    said = sheet.row_feedback or ("",) * len(right)
    placed = reply.places if isinstance(reply, Placed) else {}
    parts = tuple(
        Part(
            _line(thing),
            _line(sheet.places[placed[place]]) if place in placed else None,
            is_right=right[place] if shown.marks else None,
            expected=_line(sheet.places[question.right_places[place]]) if shown.answers and not right[place] else None,
            feedback=said[place] if shown.feedback else "",
        )
        for place, thing in enumerate(sheet.things)
    )
    return Told(parts=parts, feedback=_said(sheet, shown, is_right=is_right))


def ordering(sheet: Sheet, question: OrderingQuestion, reply: Reply | None, shown: Shown, *, is_right: bool) -> Told:
    """The items as they were put in order, and as they belong."""
    placed = reply.places if isinstance(reply, Placed) else {}
    given = sorted(placed.items(), key=lambda pair: pair[1])
    right = grading.parts_right(question, reply)
    parts = tuple(
        Part(Line(words=str(position + 1)), _line(sheet.things[item]), right[item] if shown.marks else None)
        for item, position in given
    )
    several = len(question.items)
    pairs = several * (several - 1) // 2
    expected = tuple(_line(thing) for thing in sheet.things) if shown.answers and not is_right else ()
    ordered = Fraction(pairs) * grading.share(question, reply)
    return Told(
        parts=parts,
        expected=expected,
        in_order=(int(ordered), pairs) if shown.marks and placed and not is_right else None,
        feedback=_said(sheet, shown, is_right=is_right),
    )


def numbered(html: str) -> str:
    """A text whose gaps are shown by their numbers."""
    pieces = text_with_gaps(html)
    return "".join(
        piece if isinstance(piece, str) else f'<span class="gap-mark num">{piece + 1}</span>' for piece in pieces
    )


def _filling(sheet: Sheet, reply: Reply | None, gap: int) -> Line | None:
    if isinstance(reply, Filled) and gap in reply.texts:
        return Line(words=reply.texts[gap])
    if isinstance(reply, Placed) and gap in reply.places:
        return _line(sheet.places[reply.places[gap]])
    return None


def _line(thing: Thing) -> Line:
    return Line(html=thing.html)


def _said(sheet: Sheet, shown: Shown, *, is_right: bool) -> str:
    return sheet.feedback["if_right" if is_right else "if_wrong"] if shown.feedback else ""
