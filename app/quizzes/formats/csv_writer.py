"""Writing CSV that opens rightly, and safely, in a spreadsheet."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from app.quizzes.formats import weights
from app.quizzes.formats.csv_reader import FIRST_COLUMNS, FORMULA, LAST_COLUMNS, RARE_COLUMNS, SETTINGS
from app.quizzes.formats.losses import clean, keep, tidy
from app.quizzes.formats.model import FULL, Question, Type, Written
from app.quizzes.formats.numbers_of import with_best_number

NAME = "CSV"


def write(questions: Iterable[Question]) -> Written:
    """A CSV file that opens in a spreadsheet, and what it could not carry."""
    kept = keep(questions, kept_of, NAME)
    options = max((len(each.options) for each in kept.questions), default=0)
    pairs = max((len(each.pairs) for each in kept.questions), default=0)
    header = [*FIRST_COLUMNS]
    for number in range(1, options + 1):
        header += [f"option{number}", f"fraction{number}", f"feedback{number}"]
    for number in range(1, pairs + 1):
        header += [f"prompt{number}", f"match{number}"]
    rows = [_cells(question) for question in kept.questions]
    rare = {name for cells in rows for name in cells if cells[name]} - {*header, *LAST_COLUMNS}
    header += [*LAST_COLUMNS, *sorted(rare, key=_place)]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    for cells in rows:
        writer.writerow([cells.get(name, "") for name in header])
    # With a byte-order mark: without it, spreadsheets garble accents.
    return Written(("\ufeff" + out.getvalue()).encode(), kept.losses, kept.left_out)


def _place(column: str) -> tuple[str, int]:
    """Numbered columns in their order."""
    name = column.rstrip("0123456789")
    return name, int(column.removeprefix(name) or 0)


def kept_of(question: Question) -> Question | str:
    """What CSV keeps of a question: all, but for spaces at the ends and signs that part tags and variables."""
    known = tidy(question)
    if any(not each.text for each in known.options):
        return "an empty answer"
    if known.type is Type.TRUE_FALSE:
        known = replace(known, options=tuple(sorted(known.options, key=lambda each: each.text != "true")))
    named = tuple(each for each in known.variables if re.fullmatch(r"\w+", each.name))
    pairs = tuple(each for each in known.pairs if each.prompt or each.match)
    tags = tuple(each for each in known.tags if "|" not in each)
    points = known.points if Fraction(weights.decimal_text(known.points)) == known.points > 0 else FULL
    known = replace(known, variables=named, pairs=pairs, tags=tags, points=points, read_again=clean(known.read_again))
    return with_best_number(known) if known.type is Type.NUMERIC else known


def _cells(question: Question) -> dict[str, str]:
    settings = [
        name
        for name, is_so in zip(
            SETTINGS,
            (question.is_plain, question.case_counts, question.accents_count, question.chosen, not question.shuffle),
            strict=True,
        )
        if is_so
    ]
    if question.relative_tolerance is not None:
        settings.append(f"relative={_plain(question.relative_tolerance)}")
    if question.near_miss:
        settings.append(f"near_miss={_exact(question.near_miss)}")
    if question.most_words:
        settings.append(f"words={question.most_words}")
    if question.variables:
        said = (
            f"{each.name}:{_plain(each.minimum)}:{_plain(each.maximum)}:{each.decimals}" for each in question.variables
        )
        settings.append("variables=" + ",".join(said))
    cells = {
        "key": question.key,
        "type": question.type.value,
        "title": _safe(question.title),
        "text": _safe(question.text),
        "value": "" if question.value is None else _plain(question.value),
        "tolerance": "" if question.tolerance is None else _plain(question.tolerance),
        "unit": _safe(question.unit),
        "feedback": _safe(question.feedback),
        "tags": _safe("|".join(question.tags)),
        "points": "" if question.points == FULL else weights.decimal_text(question.points),
        "category": _safe(question.category),
        "read_again": _safe(question.read_again),
        "settings": " ".join(settings),
        **{name: _safe(getattr(question, name)) for name in RARE_COLUMNS},
    }
    for number, option in enumerate(question.options, start=1):
        cells[f"option{number}"] = _safe(option.text)
        cells[f"fraction{number}"] = _exact(option.fraction)
        cells[f"feedback{number}"] = _safe(option.feedback)
    for number, pair in enumerate(question.pairs, start=1):
        cells[f"prompt{number}"], cells[f"match{number}"] = _safe(pair.prompt), _safe(pair.match)
        cells[f"pairfeedback{number}"] = _safe(pair.feedback)
    for number, hint in enumerate(question.hints, start=1):
        cells[f"hint{number}"] = _safe(hint)
    for number, unit in enumerate(question.other_units, start=1):
        cells[f"unit{number}"], cells[f"factor{number}"] = _safe(unit.name), _plain(unit.factor)
    for number, criterion in enumerate(question.rubric, start=1):
        cells[f"criterion{number}"], cells[f"points{number}"] = _safe(criterion.name), str(criterion.points)
    return cells


def _plain(number: Decimal) -> str:
    return weights.decimal_text(number)


def _exact(share: Fraction) -> str:
    """A fraction as a decimal with five places where that stands for it, else as 5/13."""
    written = weights.decimal_text(round(share, 5))
    return written if weights.share_of(Decimal(written)) == share else str(share)


def _safe(text: str) -> str:
    return "'" + text if FORMULA.match(text) else text
