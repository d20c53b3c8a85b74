"""Figures in the reader's notation, and what each one says in plain words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_babel import format_decimal
from flask_babel import gettext as _

from app.core import languages
from app.quizzes.statistics.flags import ALPHA_TOO_LOW
from app.quizzes.statistics.quiz_statistics import QuizStatistics

UNDEFINED = "—"
SATISFACTORY = 75  # Moodle, “Quiz report statistics”: an internal consistency above it is satisfactory


@dataclass(frozen=True)
class Explained:
    """A figure of the quiz: its name, its value as shown, and what it says."""

    name: str
    value: str
    meaning: str


def decimal(value: float | None, digits: int = 2) -> str:
    """A number with so many decimals, or a dash."""
    if value is None:
        return UNDEFINED
    rounded = round(value, digits) + 0.0  # no “−0”
    text = format_decimal(rounded, format="#,##0." + "0" * digits if digits else "#,##0")
    return str(text).replace("-", "−")


def in_percent(value: float | None, digits: int = 0) -> str:
    """A number of percent, or a dash."""
    if value is None:
        return UNDEFINED
    return f"{decimal(value, digits)}\u202f%" if languages.readers() == "fr" else f"{decimal(value, digits)}%"


def of_one(value: float | None) -> str:
    """What is from 0 to 1, in percent."""
    return in_percent(None if value is None else 100 * value)


def explained(quiz: QuizStatistics, whole: float | None) -> list[Explained]:
    """The figures of a quiz, each with what it says. `whole` is the most that an attempt can earn."""
    points = _(
        "%(mark)s of %(whole)s points",
        mark=decimal(quiz.mean),
        whole=decimal(whole, 0 if whole is None or whole.is_integer() else 2),
    )
    rows: list[tuple[Any, str, Any]] = [
        (_("Mean"), points, _("What people earn on average.")),
        (_("Median"), decimal(quiz.median), _("Half of the attempts earn less, half more.")),
        (_("Standard deviation"), decimal(quiz.sd), _("How far results usually are from the mean, in points.")),
        (_("Skewness"), decimal(quiz.skewness), _tail(quiz.skewness)),
        (_("Kurtosis"), decimal(quiz.kurtosis), _peak(quiz.kurtosis)),
        (_("Internal consistency (Cronbach’s alpha)"), in_percent(quiz.alpha), _consistency(quiz.alpha)),
        (_("Error ratio"), in_percent(quiz.error_ratio), _("How much of the spread of results is chance.")),
        (_("Standard error"), decimal(quiz.standard_error), _error(quiz.standard_error)),
    ]
    return [Explained(str(name), str(value), str(meaning)) for name, value, meaning in rows]


def _by_sign(value: float | None, edge: float, low: Any, middle: Any, high: Any) -> Any:
    if value is None:
        return _("Undefined, since all results are the same.")
    return low if value < -edge else high if value > edge else middle


def _tail(value: float | None) -> Any:
    return _by_sign(
        value,
        0.5,
        _("Most results are high, with a tail of low ones."),
        _("As many low results as high ones."),
        _("Most results are low, with a tail of high ones."),
    )


def _peak(value: float | None) -> Any:
    return _by_sign(
        value,
        1,
        _("Results are spread out more evenly than usual."),
        _("Results crowd around the mean as is usual."),
        _("Most results are close together, a few far away."),
    )


def _consistency(alpha: float | None) -> Any:
    if alpha is None:
        return _("Undefined: it takes two questions with points, and results that differ.")
    if alpha < ALPHA_TOO_LOW:
        return _("Too low: a question says little about the others, and passing is partly luck.")
    if alpha < SATISFACTORY:
        return _("Acceptable: the questions mostly measure the same thing.")
    return _("Good: the questions measure the same thing.")


def _error(value: float | None) -> Any:
    if value is None:
        return _("Undefined, as internal consistency is.")
    return _("A result stands for what somebody knows, within ± %(points)s in points.", points=decimal(value, 1))


HELPERS: dict[str, Callable[..., str]] = {"decimal": decimal, "in_percent": in_percent, "of_one": of_one}
