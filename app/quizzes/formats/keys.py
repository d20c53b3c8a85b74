"""Keys of questions: stable words made of what the file gives, each once in a file."""

import hashlib
import re
from collections.abc import Iterable

from app.core.folding import fold

LONGEST = 80
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")


def slug(words: str) -> str:
    """Lower-case words joined by hyphens; empty when there is no letter nor digit in them.

    >>> slug(" Prix net, H.T. ")
    'prix-net-h-t'
    """
    plain = _NOT_A_WORD.sub("-", fold(words[: 4 * LONGEST])).strip("-")
    return plain[:LONGEST].rstrip("-")


class Keys:
    """Gives each question of a file a key of its own: its id, else its title, else the beginning of its text."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self._next: dict[str, int] = {}

    def take(self, *candidates: str) -> str:
        """The key of a question; the first candidate with a letter or digit in it, numbered where it was taken."""
        base = next(filter(None, map(slug, candidates)), "")
        if not base:
            words = " ".join(candidates)
            base = (
                "question-" + hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:8]
                if words.strip()
                else "question"
            )
        key, number = base, self._next.get(base, 2)
        while key in self._taken:
            key = f"{base}-{number}"
            number += 1
        self._next[base] = number
        self._taken.add(key)
        return key
