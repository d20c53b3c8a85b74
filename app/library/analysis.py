"""From words to search terms: one analyser for both databases, both for texts and for what people type.

A word is folded (lower case, no accents), freed of its elision (l’offre → offre) and stemmed. A text is indexed by
its folded words, so that a beginning finds them, and by its stems, so that another form finds them; a stem is marked
with a sign of its language, so that it is never taken for a whole word, nor for a stem of another language.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from threading import local

import Stemmer

SIGNS = {"fr": "=", "en": "~"}
GLUE = "\u2060"  # begins a word that stands right after the one before, as in rendez-vous
LONGEST_WORD = 40
MOST_WORDS = 12
SHORT = 3

_ELISION = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’](?=\w)", re.IGNORECASE)
_THIN = "\u202f"
_THOUSANDS = re.compile(r"(?<![\w.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\w)")
_WORD = re.compile(rf"(?:\d{{1,3}}(?:{_THIN}\d{{3}})+|[^\W_]+)(?:[.,]\d+)*(?:['’][^\W_]+)*")
_SPACES = re.compile(rf"[^\S{_THIN}]+")
_GLUED = re.compile(f"(?:^| )((?:<mark>)?){GLUE}")
_ALGORITHMS = {"fr": "french", "en": "english"}
# Snowball leaves the French third person plural as it is (achètent, négocient); these end like one and are none.
_THIRD_PERSON = re.compile(r"(?<=[a-z]{3})(?<!m)(?<![^c]i)ent")
_NO_VERBS = frozenset(
    "absent accent accident adherent adjacent agent antecedent apparent argent client coefficient coherent competent "
    "concurrent confident conscient consequent content continent contingent deficient diligent different efficient "
    "eloquent equivalent evident excedent excellent exigent frequent imprudent incident incoherent incompetent "
    "inconscient indifferent indulgent inherent innocent intelligent intermittent latent mecontent negligent parent "
    "permanent pertinent polyvalent precedent present president prudent recent referent resident souvent talent "
    "torrent transparent urgent violent".split()
)
# Words of the trade that Snowball takes for others: devis for devoir, objectif for objection.
_STEMS = {"devis": "devis", "objectif": "objectif", "objectifs": "objectif"}
# Words that say how or who, not what: a text need not have them to answer. Folded, both languages together.
SOFT = frozenset(
    "a ai ait apres as au aussi aux avait avec avez avoir avons bien c ca car ce ceci cela ces cet cette ceux "
    "chez ci combien comme comment d dans de des dire dis dit dois doit donc dont du elle elles en entre est et "
    "etes etre eu eux faire fais fait faites faut ici il ils j je la le les leur leurs lui m ma mais me meme mes "
    "moi mon n ne ni nos notre nous on ont ou par parce pas peut peux plus pour pourquoi qu quand que quel quelle "
    "quelles quels quelqu qui quoi repondre reponds repond reponse s sa sans se ses si soit son sont sous sur t "
    "ta te tes toi ton tres tu un une va vais veut veux voici voila vont vos votre vous y client clients cliente "
    "customer customers personne somebody someone about am an and answer are at be been but by can could did do "
    "does for from get gets getting had has have he her him his how i if in into is it its let my no not of or "
    "our say says she should so than that the their them then there they this to too us want wants was we were "
    "what when where which who why will with would you your savoir sait sais".split()
)

_stemmers = local()


@dataclass(frozen=True)
class Query:
    """What somebody typed: folded words with their stems. `begun`: the last may be the beginning of a word.

    `other_stems` are for texts that exist only in the other language, whose sign is `other_sign`. `soft` are the words
    that a text need not have.
    """

    words: tuple[str, ...]
    stems: tuple[str, ...]
    other_stems: tuple[str, ...] = ()
    sign: str = SIGNS["fr"]
    other_sign: str = SIGNS["en"]
    soft: tuple[bool, ...] = ()
    begun: bool = False

    @property
    def wanted(self) -> list[int]:
        """The places of the words that a text must have: those that say what, else all."""
        hard = [place for place in range(len(self.words)) if not (self.soft and self.soft[place])]
        return hard or list(range(len(self.words)))


def sign_of(language: str) -> str:
    """What marks a stem of this language in the index."""
    return SIGNS.get(language, SIGNS["fr"])


def fold(word: str) -> str:
    """Lower case, no accents, ligatures apart, no elision, no apostrophe; a decimal comma becomes a point."""
    plain = _ELISION.sub("", word)
    if plain.isascii() and plain.isalnum():
        return plain.lower()
    decomposed = unicodedata.normalize("NFKD", plain.casefold().replace("œ", "oe").replace("æ", "ae"))
    return "".join(each for each in decomposed.casefold().replace(",", ".") if each.isalnum() or each == ".")


@lru_cache(maxsize=50_000)
def stem(folded: str, language: str) -> str:
    """The stem of a folded word. Snowball’s, on folded words on both sides, so that forgotten accents agree."""
    if language != "en" and folded in _STEMS:
        return _STEMS[folded]
    stemmers = _stemmers.__dict__
    if language not in stemmers:
        stemmers[language] = Stemmer.Stemmer(_ALGORITHMS.get(language, "french"))
    found = str(stemmers[language].stemWord(folded))
    if len(found) <= SHORT and folded in (found, found + "s"):
        return found + "."  # SAV is no form of savez, whose stem it looks like
    if found == folded and language != "en" and _is_third_person(folded):
        return str(stemmers[language].stemWord(folded[:-3] + "er"))  # achetent as acheter
    return found


def _is_third_person(folded: str) -> bool:
    return folded.endswith("ent") and folded not in _NO_VERBS and bool(_THIRD_PERSON.search(folded, len(folded) - 3))


def words_of(text: str) -> list[str]:
    """The words of a text as they are written, punctuation left on, so that they can be shown again (`together`).

    The parts of a compound are words of their own, and 1 200 is one: rendez-vous gives “rendez-” and a glued “vous”.
    """
    words: list[str] = []
    for word in _SPACES.split(_THOUSANDS.sub(_as_one, text)):
        if word.isalnum():
            words.append(word)
            continue
        begins = [found.start() for found in _WORD.finditer(word)][1:]
        places = [0, *begins, len(word)]
        pieces = [word[first:end] for first, end in pairwise(places)]
        words += [piece if index == 0 else GLUE + piece for index, piece in enumerate(pieces) if piece]
    return words


def together(text: str) -> str:
    """Words that were joined by spaces, marks around some of them, with the parts of compounds brought together."""
    return _GLUED.sub(r"\1", text) if GLUE in text else text


def terms_of(word: str, language: str) -> tuple[str, str] | None:
    """The folded word and the stem behind a written word; None when it holds no letter or digit."""
    found = _WORD.search(word)
    folded = fold(found[0])[:LONGEST_WORD] if found else ""
    return (folded, stem(folded, language)) if folded else None


def parts_of(word: str) -> tuple[str, str, str]:
    """A written word parted in what stands before the word itself (a bracket, an elision), the word, what follows."""
    found = _WORD.search(word)
    if found is None:
        return word, "", ""
    elision = _ELISION.match(found[0])
    begin = found.start() + (elision.end() if elision else 0)
    return word[:begin], word[begin : found.end()], word[found.end() :]


def parse_query(text: str, language: str) -> Query:
    """The words somebody typed, at most a dozen."""
    typed = _WORD.findall(_THOUSANDS.sub(_as_one, text[:400]))[:MOST_WORDS]
    words = tuple(word for word in (fold(each)[:LONGEST_WORD] for each in typed) if word)
    return query_of(words, language, begun=bool(words) and not text[-1].isspace())


def query_of(
    words: tuple[str, ...], language: str, soft: tuple[bool, ...] | None = None, *, begun: bool = False
) -> Query:
    """A query of words that are folded already."""
    other = "fr" if language == "en" else "en"
    return Query(
        words,
        tuple(stem(word, language) for word in words),
        tuple(stem(word, other) for word in words),
        sign_of(language),
        sign_of(other),
        tuple(word in SOFT for word in words) if soft is None else soft,
        begun,
    )


def _as_one(number: re.Match[str]) -> str:
    return number[0].replace(" ", _THIN).replace("\u00a0", _THIN)
