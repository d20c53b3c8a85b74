"""A wrong setting stops the start with one clear line that names it, and shows no secret."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.config import PROJECT, Settings, WrongSetting, from_environment


def refusal(**environment: str) -> str:
    with pytest.raises(WrongSetting) as caught:
        from_environment({f"PALIER_{name}": value for name, value in environment.items()})
    return str(caught.value)


def test_without_a_setting_everything_has_a_default() -> None:
    made = from_environment({"PATH": "/bin", "HOME": "/root"})
    assert (made.host, made.port, made.language, made.demo) == ("127.0.0.1", 8000, "fr", False)


def test_an_empty_value_counts_as_absent() -> None:
    assert from_environment({"PALIER_PORT": "", "PALIER_DATABASE_URL": ""}).port == 8000


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "-1"),
        ("PORT", "65536"),
        ("WEB_PROCESSES", "0"),
        ("WEB_THREADS", "65"),
        ("TRUSTED_PROXIES", "6"),
        ("LANGUAGE", "de"),
        ("TIME_ZONE", "Paris"),
        ("DEMO", "perhaps"),
        ("DATABASE_URL", "mysql://localhost/palier"),
        ("DATABASE_URL", "not a url"),
        ("DATABASE_URL", "postgresql://u:p@host:port/name"),
        ("BASE_URL", "palier.example.org"),
        ("BASE_URL", "ftp://palier.example.org"),
        ("BASE_URL", "http://[::1"),
        ("BASE_URL", "http://host:port"),
        ("MAIL_URL", "mail.example.org"),
        ("MAIL_URL", "smtp:"),
        ("MAIL_URL", "smtp://host:port"),
        ("MAIL_FROM", "nobody"),
        ("MAIL_FROM", "a@b.fr\nBcc: c@d.fr"),
        ("REDIS_URL", "localhost:6379"),
        ("SECRET_KEY", "short"),
        ("DEMO_PASSWORD", "short"),
    ],
)
def test_a_wrong_value_is_one_line_that_names_the_variable(name: str, value: str) -> None:
    line = refusal(**{name: value})
    assert line.startswith(f"PALIER_{name}: wrong value")
    assert "\n" not in line


def test_the_line_says_what_was_given_and_what_is_expected() -> None:
    assert refusal(TIME_ZONE="Paris") == "PALIER_TIME_ZONE: wrong value 'Paris'; expected a name such as Europe/Paris"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "hunter2"),
        ("DEMO_PASSWORD", "hunter2"),
        ("DATABASE_URL", "mysql://palier:hunter2@host/name"),
        ("DATABASE_URL", "postgresql://palier:hunter2@host:hunter2/name"),
        ("MAIL_URL", "imap://palier:hunter2@host"),
        ("MAIL_URL", "smtp://palier:hunter2@host:hunter2"),
        ("REDIS_URL", "http://:hunter2@host"),
    ],
)
def test_a_secret_is_never_printed(name: str, value: str) -> None:
    assert "hunter2" not in refusal(**{name: value})


def test_a_name_that_is_no_setting_is_refused() -> None:
    assert refusal(DATABSE_URL="x") == "PALIER_DATABSE_URL: no such setting; docs/operations.md lists them"


def test_settings_show_no_secret_when_they_are_printed() -> None:
    shown = repr(
        Settings(
            secret_key="hunter2" * 6,
            demo_password="hunter2hunter2",
            database_url="postgresql://u:hunter2@host/name",
            mail_url="smtp://u:hunter2@host",
            redis_url="redis://:hunter2@host",
        )
    )
    assert "hunter2" not in shown


def test_a_postgresql_address_gets_its_driver() -> None:
    made = from_environment({"PALIER_DATABASE_URL": "postgresql://u:p%40ss@host/name"})
    assert made.sqlalchemy_url == "postgresql+psycopg://u:p%40ss@host/name"


def test_the_signing_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    key = settings.signing_key()
    assert len(key) >= 32
    assert settings.signing_key() == key
    assert (tmp_path / "data/secret_key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("environment", "line"),
    [
        ({"PALIER_PORT": "x"}, "palier: PALIER_PORT: wrong value 'x'"),
        ({"PALIER_PROT": "1"}, "palier: PALIER_PROT: no such setting"),
        ({"PALIER_DATA_DIR": "/dev/null/data"}, "palier: PALIER_DATA_DIR: "),
    ],
)
def test_the_command_stops_with_that_one_line(environment: dict[str, str], line: str) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PALIER_")}
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "library", "check"],
        cwd=PROJECT,
        env=clean | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(line)
    assert done.stderr.count("\n") == 1
