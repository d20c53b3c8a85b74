"""Configuration: environment variables `PALIER_*` in, a checked `Settings` out. The table is in docs/operations.md."""

import os
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from decimal import Decimal
from email.utils import parseaddr
from ipaddress import ip_address
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
    except (ArgumentError, ValueError):
        # What went wrong quotes the address, and the address may hold a password.
        raise ValueError("expected sqlite:///path or postgresql://user@host/name") from None
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise ValueError("expected sqlite:///path or postgresql://user@host/name")
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    return url.render_as_string(hide_password=False)


def _time_zone(value: str) -> str:
    if value not in available_timezones():
        raise ValueError("expected a name such as Europe/Paris")
    return value


def _names_a_host(value: str, *schemes: str) -> bool:
    """Whether an address has one of these schemes, a host, and a port that is one if it has any."""
    try:
        parts = urlsplit(value)
        return parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _mail_url(value: str) -> str:
    if value != "console:" and not _names_a_host(value, "smtp", "smtps", "smtp+starttls"):
        raise ValueError("expected console:, or smtp://, smtps:// or smtp+starttls://user:password@host:port")
    return value


def _mail_address(value: str) -> str:
    address = parseaddr(value)[1]
    if not value.isprintable() or not re.fullmatch(r"[^@\s]+@[^@\s]+", address):
        raise ValueError("expected an address such as Palier <palier@example.org>")
    return value


def _redis_url(value: str) -> str:
    if not (_names_a_host(value, "redis", "rediss") or value.startswith("redis+unix:///")):
        raise ValueError("expected redis://:password@host:port/0")
    return value


def _host(value: str) -> str:
    try:
        return str(ip_address("127.0.0.1" if value == "localhost" else value))
    except ValueError:
        raise ValueError("expected an address of this machine such as 127.0.0.1 or 0.0.0.0") from None


def in_an_address(host: str) -> str:
    """A host as an address wants it: IPv6 in brackets, or its colons would begin a port."""
    return f"[{host}]" if ":" in host else host


def _web_address(value: str) -> str:
    if not _names_a_host(value, "http", "https"):
        raise ValueError("expected an address such as https://palier.example.org")
    return value.rstrip("/")


class Settings(BaseModel):
    """Everything that differs from one installation to another."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    data_dir: Path = PROJECT / "data"
    content_dir: Path = PROJECT / "content"
    quizzes_dir: Path = PROJECT / "quizzes"
    database_url: Annotated[str, AfterValidator(_database_url)] | None = Field(default=None, repr=False)
    secret_key: Annotated[str, Field(min_length=32)] | None = Field(default=None, repr=False)
    host: Annotated[str, AfterValidator(_host)] = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    base_url: Annotated[str, AfterValidator(_web_address)] | None = None
    web_processes: Annotated[int, Field(ge=1, le=64)] = 1
    web_threads: Annotated[int, Field(ge=1, le=64)] = 4
    trusted_proxies: Annotated[int, Field(ge=0, le=5)] = 0
    mail_url: Annotated[str, AfterValidator(_mail_url)] = Field(default="console:", repr=False)
    mail_from: Annotated[str, AfterValidator(_mail_address)] = "palier@localhost"
    redis_url: Annotated[str, AfterValidator(_redis_url)] | None = Field(default=None, repr=False)
    language: Literal["fr", "en"] = "fr"
    time_zone: Annotated[str, AfterValidator(_time_zone)] = "Europe/Paris"
    verify_every_days: Annotated[int, Field(ge=0, le=3650)] = 180
    review_retention: Annotated[Decimal, Field(ge=Decimal("0.7"), le=Decimal("0.97"), decimal_places=2)] = Decimal(
        "0.9"
    )
    review_daily_limit: Annotated[int, Field(ge=1, le=500)] = 40
    review_new_a_day: Annotated[int, Field(ge=0, le=100)] = 10
    demo: bool = False
    demo_password: Annotated[str, Field(min_length=10)] | None = Field(default=None, repr=False)

    @property
    def sqlalchemy_url(self) -> str:
        """The database's address; the embedded one by default."""
        return self.database_url or f"sqlite:///{self.data_dir / 'palier.db'}"

    @property
    def address(self) -> str:
        """The address people type, for links in mails."""
        return self.base_url or f"http://{in_an_address(self.host)}:{self.port}"

    @property
    def listens_beyond_loopback(self) -> bool:
        """Whether anyone but this machine can reach the server."""
        reached_by_name = self.base_url is not None and urlsplit(self.base_url).hostname not in LOOPBACK
        return self.host not in LOOPBACK or reached_by_name

    @property
    def prints_mail(self) -> bool:
        """Whether there is no mail server: what would be sent is printed in the window where Palier runs."""
        return self.mail_url == "console:"

    @property
    def zone(self) -> ZoneInfo:
        """The organisation's time zone."""
        return ZoneInfo(self.time_zone)

    def signing_key(self) -> str:
        """The key that signs cookies: the one given, else one made once and kept in the data directory.

        Raises WrongSetting when that directory cannot be used.
        """
        if self.secret_key and self.database_url:
            return self.secret_key
        try:
            self.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            return self.secret_key or _kept_key(self.data_dir / "secret_key")
        except OSError as wrong:
            what = f"{self.data_dir} cannot be used ({wrong.strerror})"
            raise WrongSetting(f"PALIER_DATA_DIR: {what}; expected a directory that Palier may write in") from None


def _kept_key(path: Path) -> str:
    """The key in this file, made first when there is none: whole at once, or another process might read half of it."""
    if not path.exists():
        fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):  # another process was faster: its key is the one that counts
            path.hardlink_to(fresh)
        fresh.unlink()
    key = path.read_text().strip()
    if len(key) < 32:
        raise WrongSetting(f"PALIER_DATA_DIR: {path} holds no key; remove it, and people sign in again")
    return key


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
    hidden = any(word in variable for word in ("SECRET", "PASSWORD", "URL"))
    shown = "" if hidden else f" {str(first['input'])[:80]!r}"
    return f"{variable}: wrong value{shown}; {first['msg'].removeprefix('Value error, ')}"
