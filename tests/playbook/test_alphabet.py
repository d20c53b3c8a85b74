"""The glossary's order."""

from app.library.glossary import anchor_of
from app.playbook.alphabet import Word, by_letter


def words(*terms: str) -> list[Word]:
    return [Word(term, anchor_of(term), "") for term in terms]


def test_accents_and_case_do_not_part_words() -> None:
    letters = by_letter(words("Escompte", "étude", "Entonnoir", "Devis"))

    assert [(each.letter, [word.term for word in each.words]) for each in letters] == [
        ("D", ["Devis"]),
        ("E", ["Entonnoir", "Escompte", "étude"]),
    ]


def test_words_without_a_letter_come_first_under_one_sign() -> None:
    letters = by_letter(words("Zone", "4G", "« Oui, mais »"))

    assert [each.letter for each in letters] == ["#", "Z"]
    assert len(letters[0].words) == 2


def test_an_anchor_is_safe_in_an_address() -> None:
    assert anchor_of("Œuvre d’art à 20 %") == "oeuvre-d-art-a-20"
    assert anchor_of("%%") == "word"
