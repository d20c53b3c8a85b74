"""What pages make from the catalogue and want to make only once: kept until the library's generation moves."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from app.core import languages
from app.library import catalogue
from app.library.catalogue import Catalogue

MOST_KEPT = 2_000

T = TypeVar("T")

_kept: WeakKeyDictionary[Catalogue, dict[Hashable, Any]] = WeakKeyDictionary()


def kept(key: Hashable, make: Callable[[], T]) -> T:
    """What `make` gives for this key, made once for a generation of the library and a reader's language.

    For what depends on nothing else: never for a person's own things.
    """
    return shared((languages.readers(), key), make)


def shared(key: Hashable, make: Callable[[], T]) -> T:
    """The same for what does not depend on the reader's language either."""
    held = _kept.setdefault(catalogue.current(), {})
    value: T | None = held.get(key)
    if value is None:
        value = make()
        if len(held) >= MOST_KEPT:
            held.clear()
        held[key] = value  # given from here, since another thread may clear in between
    return value
