"""Identifiers, injected: a version-7 UUID sorts by the time it was made (RFC 9562)."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import count
from uuid import UUID

from app.core import clock

_made = count()


def _version_7() -> UUID:
    """The twelve bits after the millisecond count what this process made: ids of one millisecond keep their order."""
    milliseconds = int(clock.now().timestamp() * 1000)
    value = (milliseconds & (2**48 - 1)) << 80 | 0x7 << 76 | next(_made) % 4096 << 64
    return UUID(int=value | 0b10 << 62 | secrets.randbits(62))


_source: ContextVar[Callable[[], UUID]] = ContextVar("palier_ids", default=_version_7)


def new() -> UUID:
    """A fresh identifier."""
    return _source.get()()


@contextmanager
def drawn_from(source: Callable[[], UUID]) -> Iterator[None]:
    """Let `source` give the identifiers inside the block."""
    token = _source.set(source)
    try:
        yield
    finally:
        _source.reset(token)


def parse(text: str) -> UUID | None:
    """The UUID written in `text`, or None: what a client sends is not trusted to be one."""
    try:
        return UUID(text)
    except (ValueError, AttributeError, TypeError):
        return None


def token() -> str:
    """A secret for a link or a session: 256 random bits, safe in a URL."""
    return secrets.token_urlsafe(32)
