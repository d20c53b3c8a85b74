"""Password hashes: argon2id, with parameters that may be raised later (an old hash is renewed at the next sign-in)."""

from functools import cache
from typing import cast

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import Flask, current_app

from app.core import ids

SETTING = "PASSWORD_HASHER"

# OWASP's first choice where memory is counted: 19 MiB, two passes. Four sign-ins at once take 76 MB.
STRENGTH = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def init_app(app: Flask) -> None:
    """Set the hasher, unless the configuration brings its own (tests bring a cheap one)."""
    app.config.setdefault(SETTING, STRENGTH)


def hashed(password: str) -> str:
    """What is kept of a password."""
    return _hasher().hash(password)


def matches(password: str, kept: str | None) -> bool:
    """Whether this is the password behind a hash. Without a hash it works as hard, and says no.

    So the time of an answer does not tell whether an account is there.
    """
    hasher = _hasher()
    decoy = _decoy(hasher)  # before the question, so that even the first one costs the same both ways
    try:
        good = hasher.verify(kept or decoy, password)
    except (VerificationError, InvalidHashError):
        return False
    return good and kept is not None


def is_outdated(kept: str) -> bool:
    """Whether a hash was made with other parameters than today's."""
    return _hasher().check_needs_rehash(kept)


def _hasher() -> PasswordHasher:
    return cast(PasswordHasher, current_app.config[SETTING])


@cache
def _decoy(hasher: PasswordHasher) -> str:
    return hasher.hash(ids.token())
