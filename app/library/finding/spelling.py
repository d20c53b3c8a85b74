"""Mending a typing mistake: the words of the library that are nearest to what was typed.

A mistake is a letter too many, too few, another, or two that changed places. Words of fewer than four letters are
taken as they are, and of up to eight one mistake is mended, of longer ones two.
"""

from collections.abc import Iterable, Mapping

SHORTEST = 4
LONG = 9
MOST = 6
SHORTEST_BEGINNING = 6


def is_mended(word: str) -> bool:
    """Whether a word is long enough to be taken for a mistake, and is a word: a number is taken as it is."""
    return len(word) >= SHORTEST and word.isalpha()


def nearest(word: str, words: Mapping[str, int]) -> list[str]:
    """The likeliest words, the best first; `words` says how often each stands in texts."""
    if not is_mended(word):
        return []
    found = _within(word, words, 2 if len(word) >= LONG else 1)
    return [each for _, each in sorted((_rank(word, each, distance, words[each]), each) for each, distance in found)][
        :MOST
    ]


def beginnings(begun: str, words: Mapping[str, int]) -> list[str]:
    """The likeliest beginnings for a word that is still being typed: one mistake, and never in its first letter."""
    if len(begun) < SHORTEST_BEGINNING or not begun.isalpha():
        return []
    often: dict[str, int] = {}
    for word, count in words.items():
        if word[0] == begun[0]:
            for size in (len(begun) - 1, len(begun), len(begun) + 1):
                if len(word) > size:
                    often[word[:size]] = often.get(word[:size], 0) + count
    found = _within(begun, often, 1)
    # Of the same length first: what is typed is most often complete, with two letters changed or one other.
    ranked = sorted(
        (abs(len(each) - len(begun)), _rank(begun, each, distance, often[each]), each) for each, distance in found
    )
    return [each for *_, each in ranked][:MOST]


def _rank(word: str, other: str, distance: int, often: int) -> tuple[int, bool, bool, int]:
    """Fewer mistakes first, then the same letters in another order, the same first letter, the commoner word."""
    return distance, sorted(word) != sorted(other), word[0] != other[0], -often


def _within(word: str, words: Iterable[str], most: int) -> list[tuple[str, int]]:
    from rapidfuzz import process  # six megabytes, wanted only when something was not found
    from rapidfuzz.distance import OSA

    size = len(word)
    near = [each for each in words if abs(len(each) - size) <= most]
    found = process.extract(word, near, scorer=OSA.distance, processor=None, score_cutoff=most, limit=None)
    return [(each, int(distance)) for each, distance, _ in found]
