"""Folding: the form of a text in which case and accents no longer count, alike on both databases."""

import unicodedata


def fold(text: str) -> str:
    """Lower case, no accents, single spaces.

    >>> fold("  Équipe  Cœur de Loire ")
    'equipe coeur de loire'
    """
    plain = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())
