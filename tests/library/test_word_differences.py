"""The word-level difference of two texts: exact, readable, and made in bounded time."""

import random
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.library.differences.matching import matches
from app.library.differences.words import Piece, diff, tokens
from tests.pace import turns

WORDS = ("le", "prix", "de", "l’offre", "1 200,00", "€", "\n", " ", ",", "négosiation", "**", "- ", "remise", "\n\n")
texts = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=60).map("".join),
    st.text(alphabet="ab \n.’é\u00a0", max_size=60),
    st.text(max_size=30),
)


@given(texts, texts)
def test_what_stayed_and_was_is_the_old_text_what_stayed_and_is_now_the_new_one(old: str, new: str) -> None:
    pieces = diff(old, new)
    assert "".join(piece.text for piece in pieces if piece.state != "now") == old
    assert "".join(piece.text for piece in pieces if piece.state != "was") == new
    assert all(piece.text for piece in pieces)
    assert all(a.state != b.state for a, b in pairwise(pieces))


@given(texts)
def test_a_text_is_no_different_from_itself(text: str) -> None:
    assert diff(text, text) == ([Piece(text, "same")] if text else [])


@given(texts)
def test_tokens_give_the_text_back(text: str) -> None:
    assert "".join(tokens(text)) == text


@given(st.lists(st.integers(0, 4), max_size=40), st.lists(st.integers(0, 4), max_size=40))
def test_matches_agree_and_advance_on_both_sides(old: list[int], new: list[int]) -> None:
    at_old = at_new = 0
    for i, j, size in matches(old, new):
        assert i >= at_old
        assert j >= at_new
        assert size > 0
        assert old[i : i + size] == new[j : j + size]
        at_old, at_new = i + size, j + size


@given(st.lists(st.integers(0, 3), max_size=30), st.lists(st.integers(0, 3), max_size=30))
def test_no_longer_common_order_exists_than_the_one_found(old: list[int], new: list[int]) -> None:
    lengths = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i, a in enumerate(old):
        for j, b in enumerate(new):
            lengths[i + 1][j + 1] = lengths[i][j] + 1 if a == b else max(lengths[i][j + 1], lengths[i + 1][j])
    # What is alike at both ends is taken first, and never costs anything.
    assert sum(size for _, _, size in matches(old, new)) == lengths[-1][-1]


def told(old: str, new: str) -> str:
    signs = {"same": "{}", "was": "[-{}]", "now": "[+{}]"}
    return "".join(signs[piece.state].format(piece.text) for piece in diff(old, new))


def test_a_price_changes_as_a_whole() -> None:
    assert told("à 390.00 € par mois", "à 410.00 € par mois") == "à [-390.00][+410.00] € par mois"
    assert told("1 200 €", "1 300 €") == "1 [-200][+300] €"


def test_an_elided_article_stays() -> None:
    assert told("Lisez l’offre.", "Lisez l’objection.") == "Lisez l’[-offre][+objection]."


def test_small_words_between_changes_do_not_shred_them() -> None:
    old = "Commencez par le budget de votre client"
    new = "Terminez avec le prix de notre prospect"
    assert told(old, new) == f"[-{old}][+{new}]"


def test_a_sentence_that_stayed_between_two_changes_is_left_alone() -> None:
    old = "Bonjour. Rappelez le montant avant la remise. Merci."
    new = "Bonsoir. Rappelez le montant avant la remise. Adieu."
    assert told(old, new) == "[-Bonjour][+Bonsoir]. Rappelez le montant avant la remise. [-Merci][+Adieu]."


def test_a_change_does_not_run_over_the_end_of_a_line() -> None:
    assert told("- prix\n- délai\n", "- coût\n- terme\n") == "- [-prix][+coût]\n- [-délai][+terme]\n"


def test_a_new_line_leaves_the_others_as_they_are() -> None:
    assert told("un\ntrois\n", "un\ndeux\ntrois\n") == "un\n[+deux\n]trois\n"


def _some(alphabet: str, between: str, number: int, seed: int) -> str:
    return between.join(random.Random(seed).choice(alphabet) for _ in range(number))


def _shuffled(number: int, between: str) -> str:
    words = [f"mot{each}" for each in range(number)]
    random.Random(4).shuffle(words)
    return between.join(words)


HOSTILE: dict[str, Callable[[], tuple[str, str]]] = {
    "lines of one letter": lambda: ("a\n" * 32_000, "b\n" * 32_000),
    "few words in disorder": lambda: (_some("abcdefgh", " ", 32_000, 1), _some("abcdefgh", " ", 32_000, 2)),
    "few lines in disorder": lambda: (_some("abcdefgh", "\n", 32_000, 1), _some("abcdefgh", "\n", 32_000, 2)),
    "all words elsewhere": lambda: (" ".join(f"mot{each}" for each in range(9_000)), _shuffled(9_000, " ")),
    "all lines elsewhere": lambda: ("\n".join(f"mot{each}" for each in range(9_000)), _shuffled(9_000, "\n")),
    "signs": lambda: ("*_" * 32_000, "_*#" * 21_000),
    "one long word": lambda: ("a" * 64_000, "b" * 64_000),
    "a rhythm out of step": lambda: ("a b " * 16_000, "b a c " * 10_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_holds_us_up(name: str) -> None:
    old, new = HOSTILE[name]()
    pieces: list[Piece] = []
    assert turns(lambda: pieces.extend(diff(old, new))) < 100
    assert "".join(piece.text for piece in pieces if piece.state != "now") == old
    assert "".join(piece.text for piece in pieces if piece.state != "was") == new
