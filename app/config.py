"""Configuration: environment variables `PALIER_*` in, a checked `Settings` out. The table is in docs/operations.md."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

PROJECT = Path(__file__).resolve().parent.parent
PREFIX = "PALIER_"
LOOPBACK = ("127.0.0.1", "::1", "localhost")


class WrongSetting(Exception):
    """A setting that cannot be used; the message is the one line a person reads."""


def _database_url(value: str) -> str:
    try:
        url = make_url(value)
    except ArgumentError as wrong:
        raise ValueError("expected sqlite:///path or postgresql://user@host/name") from wrong
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise ValueError("expected sqlite:///path or postgresql://user@host/name")
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    return url.render_as_string(hide_password=False)


def _time_zone(value: str) -> str:
    if value not in available_timezones():
        raise ValueError("expected a name such as Europe/Paris")
    return value


def _mail_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("console", "smtp", "smtps", "smtp+starttls") or (
        parts.scheme != "console" and not parts.hostname
    ):
        raise ValueError("expected console:, or smtp://, smtps:// or smtp+starttls://user:password@host:port")
    return value


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("expected an address such as https://palier.example.org")
    return value.rstrip("/")


class Settings(BaseModel):
    """Everything that differs from one installation to another."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    data_dir: Path = PROJECT / "data"
    content_dir: Path = PROJECT / "content"
    quizzes_dir: Path = PROJECT / "quizzes"
    database_url: Annotated[str, AfterValidator(_database_url)] | None = None
    secret_key: Annotated[str, Field(min_length=32)] | None = None
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    base_url: Annotated[str, AfterValidator(_web_address)] | None = None
    web_processes: Annotated[int, Field(ge=1, le=64)] = 1
    web_threads: Annotated[int, Field(ge=1, le=64)] = 4
    trusted_proxies: Annotated[int, Field(ge=0, le=5)] = 0
    mail_url: Annotated[str, AfterValidator(_mail_url)] = "console:"
    mail_from: str = "palier@localhost"
    redis_url: str | None = None
    language: Literal["fr", "en"] = "fr"
    time_zone: Annotated[str, AfterValidator(_time_zone)] = "Europe/Paris"
    demo: bool = False
    demo_password: Annotated[str, Field(min_length=10)] | None = None

    @property
    def sqlalchemy_url(self) -> str:
        """The database's address; the embedded one by default."""
        return self.database_url or f"sqlite:///{self.data_dir / 'palier.db'}"

    @property
    def address(self) -> str:
        """The address people type, for links in mails."""
        return self.base_url or f"http://{self.host}:{self.port}"

    @property
    def listens_beyond_loopback(self) -> bool:
        """Whether anyone but this machine can reach the server."""
        reached_by_name = self.base_url is not None and urlsplit(self.base_url).hostname not in LOOPBACK
        return self.host not in LOOPBACK or reached_by_name

    @property
    def zone(self) -> ZoneInfo:
        """The organisation's time zone."""
        return ZoneInfo(self.time_zone)

    def signing_key(self) -> str:
        """The key that signs cookies: the one given, else one made once and kept in the data directory."""
        if self.secret_key:
            return self.secret_key
        kept = self.data_dir / "secret_key"
        if not kept.exists():
            self.data_dir.mkdir(parents=True, exist_ok=True)
            _write_privately(kept, secrets.token_urlsafe(48))
        return kept.read_text()


def _write_privately(path: Path, text: str) -> None:
    """Create `path` for its owner alone; when another process was faster, its file is the one that counts."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w") as file:
        file.write(text)


def from_environment(environment: Mapping[str, str]) -> Settings:
    """Read `PALIER_*`. An empty value counts as absent.

    Raises WrongSetting with one line that names the variable, what it holds and what is expected.
    """
    given = {
        name.removeprefix(PREFIX).lower(): value
        for name, value in environment.items()
        if name.startswith(PREFIX) and value
    }
    try:
        return Settings.model_validate(given)
    except ValidationError as wrong:
        raise WrongSetting(_one_line(wrong)) from None


def _one_line(wrong: ValidationError) -> str:
    first = wrong.errors()[0]
    variable = PREFIX + str(first["loc"][0]).upper()
    if first["type"] == "extra_forbidden":
        return f"{variable}: no such setting; docs/operations.md lists them"
    shown = "" if any(word in variable for word in ("SECRET", "PASSWORD", "URL")) else f" {first['input']!r}"
    return f"{variable}: wrong value{shown}; {first['msg'].removeprefix('Value error, ')}"
