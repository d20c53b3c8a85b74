"""People, teams, sign-ins and one-time links."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Instant, Model
from app.core.folding import fold


def name_key(name: str) -> str:
    """What a name is found and sorted by."""
    return fold(name)[:240]


def _name_key(context: Any) -> str:
    return name_key(context.get_current_parameters()["name"])


class Person(Model):
    """Somebody with an account. `email` is in lower case; no password until an invitation is accepted.

    `name_key` is the folded name, by which both databases find and sort alike; who changes the name changes it.
    `writes` opens the library's editor to a rep; managers and administrators have it anyway.
    """

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("role in ('rep', 'manager', 'administrator')", name="role"),
        Index("ix_person_name_key", "name_key"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    name_key: Mapped[str] = mapped_column(String(240), default=_name_key)
    role: Mapped[str] = mapped_column(String(20))
    language: Mapped[str | None] = mapped_column(String(8))
    time_zone: Mapped[str | None] = mapped_column(String(60))
    theme: Mapped[str | None] = mapped_column(String(8))
    writes: Mapped[bool] = mapped_column(default=False, server_default=false())
    password_hash: Mapped[str | None] = mapped_column(String(255))
    created_at: Mapped[datetime] = mapped_column(Instant)
    deactivated_at: Mapped[datetime | None] = mapped_column(Instant)


class Team(Model):
    """A team: its members are seen by its managers.

    `name_key` is the folded name: two that differ by case or accents only would be taken for one another.
    """

    __tablename__ = "team"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    name_key: Mapped[str] = mapped_column(String(240), unique=True, default=_name_key)
    created_at: Mapped[datetime] = mapped_column(Instant)


class Membership(Model):
    """A person in a team, as a member or as one of its managers."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("team_id", "person_id"),
        CheckConstraint("role in ('member', 'manager')", name="role"),
        Index("ix_membership_person_id", "person_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    team_id: Mapped[UUID] = mapped_column(ForeignKey("team.id", ondelete="CASCADE"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(String(10))


class SignIn(Model):
    """A signed-in browser. The cookie holds the secret, this row its SHA-256; deleting the row ends the session."""

    __tablename__ = "sign_in"
    __table_args__ = (Index("ix_sign_in_person_id", "person_id"),)

    secret_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    browser: Mapped[str] = mapped_column(String(200))


class OneTimeLink(Model):
    """An invitation, a password reset, or the link that creates the first administrator. Only its hash is kept."""

    __tablename__ = "one_time_link"
    __table_args__ = (CheckConstraint("purpose in ('invitation', 'reset', 'first_administrator')", name="purpose"),)

    secret_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)
