"""`flask accounts …`: what an operator does without a browser. Links are printed: mail may be what is broken."""

from typing import Any

import click
from flask.cli import AppGroup
from sqlalchemy import select

from app.accounts import entries, one_time_links, people
from app.accounts.actor import Role
from app.accounts.models import Person
from app.accounts.one_time_links import Purpose
from app.core.commands import say, stop
from app.core.database import db
from app.core.errors import DomainError

accounts_commands = AppGroup("accounts", help="People who may sign in.")


@accounts_commands.command("create-administrator")
@click.argument("email")
@click.option("--name", default="", help="Their name; the beginning of the address by default.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
def create_administrator(email: str, name: str, as_json: bool) -> None:
    """Open an administrator's account, or give the role to somebody who is there. Prints the link to a password."""
    try:
        address = entries.email(email)
        there = _find(address)
        if there is None:
            person_id = people.open_account(
                None, email=address, name=entries.name(name or address.partition("@")[0]), role=Role.ADMINISTRATOR
            )
            link = one_time_links.make_first(Purpose.INVITATION, person_id)
            db.session.commit()
            say({"email": address, "link": link.address, "until": link.until}, as_json, link.address)
            return
        if there.deactivated_at is not None:
            stop(1, f"{address}: this account is closed; an administrator can open it again")
        people.change(None, there.id, name=there.name, email=address, role=Role.ADMINISTRATOR)
        say({"email": address, "link": None}, as_json, f"{address} is an administrator.")
    except DomainError as refused:
        stop(1, f"{email}: {refused.sentence}")


@accounts_commands.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
def list_accounts(as_json: bool) -> None:
    """Everybody, by name."""
    rows = db.session.execute(
        select(Person.email, Person.name, Person.role, Person.password_hash, Person.deactivated_at).order_by(
            Person.name_key, Person.id
        )
    ).all()
    found = [{"email": row.email, "name": row.name, "role": row.role, "state": _state(row)} for row in rows]
    lines = [f"{each['email']:<40} {each['role']:<14} {each['state']:<9} {each['name']}" for each in found]
    say(found, as_json, "\n".join(lines) or "Nobody yet.")


@accounts_commands.command("deactivate")
@click.argument("email")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
def deactivate(email: str, as_json: bool) -> None:
    """Close an account: every session ends at once."""
    person = _required(email)
    try:
        people.deactivate(None, person.id)
    except DomainError as refused:
        stop(1, f"{person.email}: {refused.sentence}")
    say({"email": person.email, "state": "closed"}, as_json, f"{person.email} is closed.")


@accounts_commands.command("reset-link")
@click.argument("email")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
def reset_link(email: str, as_json: bool) -> None:
    """Print a link to choose a new password; it works once, for an hour."""
    person = _required(email)
    if person.deactivated_at is not None:
        stop(1, f"{person.email}: this account is closed")
    link = one_time_links.make(Purpose.RESET, person.id)
    db.session.commit()
    say({"email": person.email, "link": link.address, "until": link.until}, as_json, link.address)


def _find(email: str) -> Any:
    return db.session.execute(
        select(Person.id, Person.email, Person.name, Person.deactivated_at).where(
            Person.email == entries.as_typed(email)
        )
    ).one_or_none()


def _required(email: str) -> Any:
    person = _find(email)
    if person is None:
        stop(1, f"{email}: nobody has this address")
    return person


def _state(row: Any) -> str:
    if row.deactivated_at is not None:
        return "closed"
    return "active" if row.password_hash else "invited"
