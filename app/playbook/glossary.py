"""The glossary as readers see it: every word of the trade, under its letter."""

from collections.abc import Mapping

from app.library import catalogue, memory
from app.playbook.alphabet import Letter, Word, anchor_of, by_letter
from app.playbook.typography import typeset


def letters() -> list[Letter]:
    """The words of every published glossary, in alphabetical order, in the reader's language where there is one."""
    return memory.kept("glossary", lambda: by_letter(_words()))


def anchors() -> Mapping[str, str]:
    """Where each word, and each other name for it, is explained."""
    return memory.kept("glossary anchors", _anchors)


def _words() -> list[Word]:
    words = []
    taken: set[str] = set()
    for entry in catalogue.entries("glossary"):
        for each in catalogue.current().body(entry).facts.terms:
            anchor = _free(anchor_of(each.term), taken)
            synonyms = tuple((synonym, _free(anchor_of(synonym), taken)) for synonym in each.synonyms)
            definition = typeset(each.definition, entry.language)
            words.append(Word(typeset(each.term, entry.language), anchor, definition, synonyms))
    return words


def _free(anchor: str, taken: set[str]) -> str:
    """An anchor that no other word has: the first keeps its own."""
    number = 1
    free = anchor
    while free in taken:
        number += 1
        free = f"{anchor}-{number}"
    taken.add(free)
    return free


def _anchors() -> dict[str, str]:
    found: dict[str, str] = {}
    for letter in letters():
        for word in letter.words:
            for name, anchor in ((word.term, word.anchor), *word.synonyms):
                found.setdefault(name, anchor)
    return found
