"""`flask quiz regrade`: grade attempts again by the published questions."""

from typing import Any

import click
from flask import current_app
from sqlalchemy import select

from app.accounts.models import Person
from app.core import commands, ids, languages
from app.core.database import db
from app.core.errors import NotFound
from app.quizzes.commands import quiz_commands
from app.quizzes.regrading import applying, plan
from app.quizzes.regrading.applying import Tally
from app.quizzes.regrading.plan import Seen
from app.quizzes.regrading.regraded_rows import Regraded, Standing


@quiz_commands.command("regrade")
@click.argument("quiz")
@click.option("--language", type=click.Choice(languages.SUPPORTED), help="By default that of the organisation.")
@click.option("--leave-out", is_flag=True, help="Leave out questions that are no longer published.")
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
def regrade_command(quiz: str, language: str | None, leave_out: bool, dry_run: bool, as_json: bool) -> None:
    """Give attempts that were graded by earlier questions the result of the published ones. 3: somebody was faster."""
    language = language or current_app.config["SETTINGS"].language
    try:
        entry = applying.quiz_of(quiz, language)
    except NotFound:
        commands.stop(1, f"{quiz}: no quiz with this id is published in {language}")
    target, tally = applying.target_of(entry, leave_out=leave_out), Tally()
    tally.begin(target)
    changed: list[Regraded] = []
    for batch in plan.regraded(target, Seen()):
        for each in batch:
            tally.add(each)
        changed += [each for each in batch if each.has_changed]
    if tally.attempts and not dry_run:
        try:
            applying.apply(None, quiz, language, ids.new(), tally.fingerprint, leave_out=leave_out)
        except applying.Outdated as refused:
            commands.stop(3, str(refused.sentence))
    _tell(tally, changed, as_json, dry_run=dry_run)


def _tell(tally: Tally, changed: list[Regraded], as_json: bool, *, dry_run: bool) -> None:
    names = _names()
    changed.sort(key=lambda each: (not each.has_moved, not each.after.passed, names[each.attempt.person_id]))
    lines = [
        f"{names[each.attempt.person_id]}: {each.before.percent} % -> {each.after.percent} %" + _moved(each)
        for each in changed
    ]
    done = "would be graded again" if dry_run else "graded again"
    lines.append(f"{tally.attempts} attempts {done}, {tally.changed} with another result.")
    document = {
        "attempts": tally.attempts,
        "changed": tally.changed,
        "from_fail_to_pass": tally.up,
        "from_pass_to_fail": tally.down,
        "applied": bool(tally.attempts) and not dry_run,
        "results": [
            {
                "attempt": each.attempt.id,
                "person": names[each.attempt.person_id],
                "before": _result(each.before),
                "after": _result(each.after),
            }
            for each in changed
        ],
    }
    commands.say(document, as_json, "\n".join(lines))


def _moved(each: Regraded) -> str:
    return (", passes now" if each.after.passed else ", no longer passes") if each.has_moved else ""


def _result(standing: Standing) -> dict[str, Any]:
    return {
        "mark": str(standing.mark),
        "maximum": str(standing.maximum),
        "percent": standing.percent,
        "passed": standing.passed,
    }


def _names() -> dict[Any, str]:
    return {row.id: row.name for row in db.session.execute(select(Person.id, Person.name))}
