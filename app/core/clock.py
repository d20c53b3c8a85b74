"""Time, injected. UTC inside; the reader's time zone only on screen."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime


def _system() -> datetime:
    return datetime.now(UTC)


_source: ContextVar[Callable[[], datetime]] = ContextVar("palier_clock", default=_system)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _source.get()()


@contextmanager
def frozen_at(instant: datetime) -> Iterator[None]:
    """Hold the clock at an aware instant, for tests and for rebuilding the past."""
    with running_from(lambda: instant):
        yield


@contextmanager
def running_from(source: Callable[[], datetime]) -> Iterator[None]:
    """Let `source` tell the time inside the block."""
    token = _source.set(source)
    try:
        yield
    finally:
        _source.reset(token)
