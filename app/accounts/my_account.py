"""What a person decides for themselves."""

from dataclasses import dataclass

from sqlalchemy import update

from app.accounts import entries, sign_ins
from app.accounts.actor import Actor
from app.accounts.models import Person, name_key
from app.core.database import db


@dataclass(frozen=True)
class Preferences:
    """None leaves the choice to the browser, the device, the organisation."""

    name: str
    language: str | None
    theme: str | None
    time_zone: str | None


def prefer(actor: Actor, wanted: Preferences) -> None:
    """Keep one's own settings. Raises InvalidInput."""
    name = entries.name(wanted.name)
    db.session.execute(
        update(Person)
        .where(Person.id == actor.id)
        .values(
            name=name,
            name_key=name_key(name),
            language=wanted.language,
            theme=wanted.theme,
            time_zone=wanted.time_zone,
        )
    )
    db.session.commit()


def end_other_browsers(actor: Actor, secret: str) -> None:
    """Sign out everywhere but here."""
    sign_ins.end_others(actor.id, secret)
    db.session.commit()
