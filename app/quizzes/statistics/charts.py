"""The charts of a quiz's statistics, as components/chart.html draws them, each with its table and a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.web import percent
from app.playbook.typography import typeset
from app.quizzes.statistics.answer_counts import Thirds
from app.quizzes.statistics.figure_words import in_percent, of_one
from app.quizzes.statistics.flags import WEAK_INDEX
from app.quizzes.statistics.item_page import ItemPage
from app.quizzes.statistics.quiz_page import QuestionRow, StatisticsPage

LONGEST_LABEL = 40
LONGEST_BAR = 24


@dataclass(frozen=True)
class Chart:
    """What the macro `chart` takes."""

    kind: str
    title: str
    told: str
    data: dict[str, Any]
    table: dict[str, Any] | None


def of_quiz(page: StatisticsPage) -> list[Chart]:
    """The charts of a quiz; none below 10 attempts."""
    if not page.is_enough:
        return []
    is_compared = any(row.figures.discrimination_index is not None for row in page.rows)
    return [results(page), *([questions(page)] if is_compared else [])]


def results(page: StatisticsPage) -> Chart:
    """How many attempts earned what: ten bars."""
    labels = [f"{10 * place}–{percent(10 * place + 9 if place < 9 else 100)}" for place in range(10)]
    told = ngettext(
        "%(num)s attempt of %(all)s reached the pass mark, %(mark)s.",
        "%(num)s attempts of %(all)s reached the pass mark, %(mark)s.",
        page.passed,
        all=page.attempts,
        mark=percent(page.pass_mark),
    )
    name = str(_("Attempts"))
    return Chart(
        "bars",
        str(_("Results")),
        str(told),
        {
            **{"x": str(_("Result")), "y": name, "labels": labels, "touching": True},
            "series": [{"name": name, "values": list(page.histogram)}],
        },
        {
            "head": [str(_("Result")), name, str(_("Share"))],
            "rows": [
                [label, str(count), percent(round(100 * count / page.attempts) if page.attempts else 0)]
                for label, count in zip(labels, page.histogram, strict=True)
            ],
        },
    )


def questions(page: StatisticsPage) -> Chart:
    """Each question by how easy it is and how well it tells apart."""
    shown = [row for row in page.rows if row.figures.discrimination_index is not None]
    lowest = min([-20.0, *(row.figures.discrimination_index or 0 for row in shown)])
    told = ngettext(
        "%(num)s question of %(all)s tells well enough who knows from who does not (%(least)s or more).",
        "%(num)s questions of %(all)s tell well enough who knows from who does not (%(least)s or more).",
        sum((row.figures.discrimination_index or 0) >= WEAK_INDEX for row in shown),
        all=len(page.rows),
        least=percent(WEAK_INDEX),
    )
    facility, index = str(_("Facility")), str(_("Discrimination"))
    return Chart(
        "points",
        str(_("Questions: how easy, and how well they tell apart")),
        str(told),
        {
            **{"x": facility, "y": index, "units": {"x": "\u202f%", "y": "\u202f%"}},
            "range": {"x": [0, 100], "y": [10 * ((lowest - 5) // 10), 100]},
            "limits": [{"name": str(_("weak below this line")), "y": WEAK_INDEX}],
            "series": [
                {"name": str(_("Nothing stands out")), "points": _points(shown, flagged=False, page=page)},
                {"name": str(_("To look at")), "tone": "bad", "points": _points(shown, flagged=True, page=page)},
            ],
        },
        {
            "head": [str(_("Question")), facility, index],
            "rows": [
                [f"{row.number}. {_name(row, page)}", of_one(row.figures.facility), _index(row)] for row in page.rows
            ],
        },
    )


def _points(rows: Sequence[QuestionRow], *, flagged: bool, page: StatisticsPage) -> list[dict[str, Any]]:
    return [
        {
            "x": round(100 * (row.figures.facility or 0), 1),
            "y": round(row.figures.discrimination_index or 0, 1),
            "short": str(row.number),
            "name": f"{row.number}. {_name(row, page)}",
        }
        for row in rows
        if bool(row.flags) is flagged
    ]


def _index(row: QuestionRow) -> str:
    return in_percent(row.figures.discrimination_index)


def _name(row: QuestionRow, page: StatisticsPage) -> str:
    return shortened(typeset(row.question.title, page.quiz.language))


def shortened(text: str, longest: int = LONGEST_LABEL) -> str:
    """A text that fits beside a point or below a bar."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def replies(page: ItemPage) -> Chart | None:
    """Who replied what, in bars of three parts: the lower, the middle and the upper third."""
    names = [str(_("Lower third")), str(_("Middle third")), str(_("Upper third"))]
    bars = _bars(page)
    if not bars:
        return None
    sizes = page.counts.asked
    told = _(
        "Of %(all)s attempts: %(lower)s in the lower third, %(middle)s in the middle one, %(upper)s in the upper one.",
        **{"all": page.counts.attempts, "lower": sizes[0], "middle": sizes[1], "upper": sizes[2]},
    )
    return Chart(
        "stacked",
        str(_("Right, by thirds of the results") if page.pieces else _("Answers, by thirds of the results")),
        str(told),
        {
            **{"y" if not page.pieces and not _is_typed(page) else "x": str(_("Attempts")), "ordered": True},
            **{"labels": [shortened(label, LONGEST_BAR) for label, _full, _counts in bars]},
            **{"full": [full for _label, full, _counts in bars]},
            **({"lying": True} if page.pieces or _is_typed(page) else {}),
            "series": [
                {"name": name, "values": [counts[third] for _label, _full, counts in bars]}
                for third, name in enumerate(names)
            ],
        },
        None,  # a table that says more stands beside it
    )


def _is_typed(page: ItemPage) -> bool:
    return any(isinstance(tally.value, str) for tally in page.counts.tallies)


def _bars(page: ItemPage) -> list[tuple[str, str, Thirds]]:
    """Label, words and counts of each bar."""
    if page.pieces:
        return [(piece.words, piece.words, piece.right) for piece in page.pieces]
    return [
        (
            f"{line.label} ✓" if line.is_right else line.label,
            f"{line.label} · {line.words}" if line.words else line.label,
            line.thirds,
        )
        for line in page.answers
    ]
