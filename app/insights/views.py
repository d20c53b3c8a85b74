"""The team dashboard, its export, and each rep's record."""

from datetime import date
from uuid import UUID

from flask import Response, render_template, request
from flask_babel import gettext as _

from app.accounts import guard
from app.core import clock, dates, languages, tables
from app.core.tables import Cell
from app.insights import record as records
from app.insights import team as dashboards
from app.insights import words
from app.insights.team import RepRow
from app.training import words as training_words


def team() -> str:
    """Reps × steps, and who needs their manager this week."""
    page = dashboards.look(guard.actor(), request.args.get("team", ""))
    week = clock.now().astimezone(languages.time_zone()).isocalendar().week
    return render_template("insights/team.html", page=page, title=words.title(page), words=words, week=week)


def export() -> Response:
    """The same table as a file for a spreadsheet."""
    page = dashboards.look(guard.actor(), request.args.get("team", ""))
    header = [
        *(_("Name"), _("E-mail"), _("Team"), _("Since")),
        *(f"{step.order}. {step.title} (%)" for step in page.programme.steps),
        *(_("Overall (out of 100)"), _("Assignments to do"), _("Late"), _("Last activity")),
    ]
    today = clock.now().astimezone(languages.time_zone()).date()
    return tables.csv_response(_("team-%(day)s.csv", day=today), header, (_cells(row) for row in page.rows))


def record(person_id: UUID) -> str:
    """What one person did and is expected to do, each figure explained."""
    page = records.look(guard.actor(), person_id)
    return render_template(
        "insights/record.html",
        page=page,
        title=words.record_title(page),
        words=words,
        training_words=training_words,
        day_of=_day,
    )


def _cells(row: RepRow) -> list[Cell]:
    zone = languages.time_zone()
    return [
        *(row.name, row.email, ", ".join(row.team_names), row.since.astimezone(zone).date()),
        *(cell.percent for cell in row.cells),
        *(row.overall, row.open_assignments, row.late),
        row.last_at.astimezone(zone).date() if row.last_at else None,
    ]


def _day(day: date) -> str:
    """“Vendredi 20 novembre”."""
    written = dates.in_words(day, "EEEE d MMMM", languages.readers())
    return written[0].upper() + written[1:]
