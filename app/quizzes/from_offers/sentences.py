"""Which sentences a language has."""

from app.quizzes.from_offers.sentences_en import ENGLISH
from app.quizzes.from_offers.sentences_fr import FRENCH
from app.quizzes.from_offers.wording import Wording

_ALL = {"fr": FRENCH, "en": ENGLISH}


def of(language: str) -> Wording:
    """The sentences of a language; French ones for a language without any."""
    return _ALL.get(language, FRENCH)
