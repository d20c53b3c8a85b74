"""The glossary as readers see it: every word of the trade, under its letter."""

from collections.abc import Mapping

from app.library import catalogue, memory
from app.library.glossary import GlossaryFacts, anchor_of, free_anchor
from app.playbook.alphabet import Letter, Word, by_letter
from app.playbook.typography import typeset


def letters() -> list[Letter]:
    """The words of every published glossary, in alphabetical order, in the reader's language where there is one."""
    return memory.kept("glossary", lambda: by_letter(_words()))


def anchors() -> Mapping[str, str]:
    """Where each word, and each other name for it, is explained."""
    return memory.kept("glossary anchors", _anchors)


def _words() -> list[Word]:
    taken: set[str] = set()
    return [
        word
        for entry in catalogue.entries("glossary")
        for word in words_of(catalogue.current().body(entry).facts, entry.language, taken)
    ]


def words_of(facts: GlossaryFacts, language: str, taken: set[str]) -> list[Word]:
    """The words of one glossary, published or not; `taken` holds the anchors of those before, and gets theirs."""
    words = []
    for each in facts.terms:
        anchor = free_anchor(anchor_of(each.term), taken)
        synonyms = tuple((synonym, free_anchor(anchor_of(synonym), taken)) for synonym in each.synonyms)
        words.append(Word(typeset(each.term, language), anchor, typeset(each.definition, language), synonyms))
    return words


def _anchors() -> dict[str, str]:
    found: dict[str, str] = {}
    for letter in letters():
        for word in letter.words:
            for name, anchor in ((word.term, word.anchor), *word.synonyms):
                found.setdefault(name, anchor)
    return found
