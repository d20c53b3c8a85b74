"""What review says in words: dates that are near, ratings, titles, and the figures of charts and tables."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.core import clock, dates, languages
from app.core.web import percent
from app.practice import calibration
from app.practice.calibration import Bin, Share
from app.practice.forecast import Day
from app.practice.rating import Rating
from app.practice.review_page import AnsweredPage, QuestionPage, RestPage
from app.quizzes.grading import Verdict

RATINGS = {
    Rating.AGAIN: _l("Forgotten"),
    Rating.HARD: _l("Hard"),
    Rating.GOOD: _l("Known"),
    Rating.EASY: _l("Easy"),
}


def title(page: QuestionPage | AnsweredPage | RestPage) -> str:
    """The state in words."""
    if isinstance(page, QuestionPage):
        return _to_do(page)
    return _verdict(page) if isinstance(page, AnsweredPage) else _rest(page)


def comes_back(at: datetime) -> str:
    """“tomorrow”, “on Thursday”, “on 3 December”, in the reader's days."""
    return on_day(at.astimezone(languages.time_zone()).date())


def on_day(day: date) -> str:
    """The same for a day."""
    today = clock.now().astimezone(languages.time_zone()).date()
    days, language = (day - today).days, languages.readers()
    if days <= 0:
        return str(_("today"))
    if days == 1:
        return str(_("tomorrow"))
    if days < 7:
        return str(_("on %(weekday)s", weekday=dates.in_words(day, "EEEE", language)))
    pattern = "d MMMM" if day.year == today.year else "d MMMM y"
    return str(_("on %(day)s", day=dates.in_words(day, pattern, language)))


def how_long(at: datetime) -> str:
    """“1 day”, “3 weeks”, “5 months”, as short as a button wants it."""
    zone = languages.time_zone()
    days = (at.astimezone(zone).date() - clock.now().astimezone(zone).date()).days
    if days < 14:
        return str(ngettext("%(num)d day", "%(num)d days", max(1, days)))
    if days < 60:
        return str(ngettext("%(num)d week", "%(num)d weeks", round(days / 7)))
    return str(ngettext("%(num)d month", "%(num)d months", min(12, round(days / 30.4))))


def _to_do(page: QuestionPage) -> str:
    minutes = ngettext("about %(num)d minute", "about %(num)d minutes", page.minutes)
    if page.done:
        return str(
            ngettext(
                "%(num)d more question, %(minutes)s", "%(num)d more questions, %(minutes)s", page.left, minutes=minutes
            )
        )
    return str(ngettext("%(num)d question, %(minutes)s", "%(num)d questions, %(minutes)s", page.left, minutes=minutes))


def _verdict(page: AnsweredPage) -> str:
    if page.correction.verdict is Verdict.RIGHT:
        return str(_("Right"))
    return str(_("Partly right") if page.correction.verdict is Verdict.PARTLY else _("Not yet"))


def _rest(page: RestPage) -> str:
    following = _("next %(day)s", day=on_day(page.next_on)) if page.next_on else ""
    if page.done:
        done = ngettext("%(num)d question reviewed today", "%(num)d questions reviewed today", page.done)
        return str(_("%(done)s: %(following)s", done=done, following=following)) if following else str(done)
    if following:
        return str(_("Nothing to review today: %(following)s", following=following))
    return str(_("Nothing to review yet"))


def forecast_chart(days: Sequence[Day]) -> tuple[dict[str, Any], dict[str, Any], str]:
    """For the macro of charts: its data, its table, and what is to be seen."""
    language = languages.readers()
    data: dict[str, Any] = {
        "x": str(_("Day")),
        "y": str(_("Questions")),
        "labels": [dates.in_words(day.on, "d/M" if language == "fr" else "d MMM", language) for day in days],
        "full": [dates.in_words(day.on, "EEEE d MMMM", language) for day in days],
        "series": [{"name": str(_("Seen before")), "values": [day.questions - day.new for day in days]}],
    }
    if any(day.new for day in days):
        data["series"].append({"name": str(_("For the first time")), "values": [day.new for day in days]})
    rows = [
        [dates.in_words(day.on, "EEEE d MMMM", language), str(day.questions), str(day.new)]
        for day in days
        if day.questions
    ]
    table = {"head": [str(_("Day")), str(_("Questions")), str(_("of which for the first time"))], "rows": rows}
    total = sum(day.questions for day in days)
    told = ngettext(
        "%(num)d question in the next 30 days if each answer is right, %(most)s on the fullest day.",
        "%(num)d questions in the next 30 days if each answer is right, %(most)s on the fullest day.",
        total,
        most=max((day.questions for day in days), default=0),
    )
    return data, table, str(told)


def calibration_chart(bins: Sequence[Bin]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Predicted against remembered, a point for each bin that has enough answers; every bin in the table."""
    points: list[dict[str, Any]] = [
        {
            "x": round(each.share.predicted * 100, 1),
            "y": round(each.share.measured * 100, 1),
            "name": str(ngettext("%(num)d answer", "%(num)d answers", each.share.n)),
            "size": 5 + min(7, each.share.n // 20),
        }
        for each in bins
        if each.share.predicted is not None and each.share.measured is not None
    ]
    low = int((min((min(point["x"], point["y"]) for point in points), default=60) - 5) // 10 * 10)
    data = {
        "x": str(_("Predicted")),
        "y": str(_("Remembered")),
        "units": {"x": unit(), "y": unit()},
        "range": {"x": [max(0, low), 100], "y": [max(0, low), 100]},
        "diagonal": str(_("As predicted")),
        "series": [{"name": str(_("Answers given this chance")), "points": points, "line": True}],
    }
    head = [_("Chance predicted"), _("Answers"), _("Predicted on average"), _("Remembered"), _("Likely range")]
    return data, {"head": [str(words) for words in head], "rows": [_row(each) for each in bins]}


def unit() -> str:
    """Behind a number of percent, as the language writes it."""
    return "\u202f%" if languages.readers() == "fr" else "%"


def share(value: float) -> str:
    """A share from 0 to 1 in whole percent: of some dozens of answers, more would say more than is known."""
    return percent(round(value * 100))


def too_few(found: Share) -> str:
    """Why there is no figure."""
    return str(_("not enough data (%(n)s of %(enough)s answers)", n=found.n, enough=calibration.ENOUGH))


def _row(each: Bin) -> list[str]:
    span = str(_("%(low)s to %(high)s", low=percent(each.low), high=percent(min(100, each.high))))
    found = each.share
    if found.predicted is None or found.measured is None or found.interval is None:
        return [span, str(found.n), "–", str(_("not enough data")), "–"]
    low, high = found.interval
    interval = str(_("%(low)s to %(high)s", low=share(low), high=share(high)))
    return [span, str(found.n), share(found.predicted), share(found.measured), interval]
