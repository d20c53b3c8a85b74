"""Today."""

from flask import render_template

from app.accounts import guard
from app.core import clock, dates, languages, slots
from app.library import desk
from app.training import today as todays
from app.training import words


def today() -> str:
    """What is due, what to go on with, the scripts at hand, the staircase; for who leads, what the team needs."""
    teams = slots.gather("today_team")
    page = todays.today(guard.actor(), teams[0].sentence if teams else "")
    panels = [team.panel for team in teams]
    waiting = desk.waiting_for(guard.actor())
    return render_template(
        "training/today.html", page=page, day=_day(), words=words, team_panels=panels, waiting=waiting
    )


def _day() -> str:
    """“Lundi 23 novembre”."""
    day = dates.in_words(clock.now().astimezone(languages.time_zone()), "EEEE d MMMM", languages.readers())
    return day[0].upper() + day[1:]
