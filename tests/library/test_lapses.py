"""When a document ceases to be trusted."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.library.trust.lapses import standing
from app.library.trust.owners import mail_of, words_of

SAID = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def test_a_text_stands_until_the_very_instant_its_interval_ends() -> None:
    ends = SAID + timedelta(days=90)
    assert not standing(SAID, 90, 180, ends - timedelta(microseconds=1)).has_lapsed
    lapsed = standing(SAID, 90, 180, ends)
    assert lapsed.has_lapsed
    assert lapsed.lapses_at == ends


def test_its_own_interval_comes_before_the_organisations() -> None:
    assert standing(SAID, None, 180, SAID).lapses_at == SAID + timedelta(days=180)
    assert standing(SAID, 30, 180, SAID).lapses_at == SAID + timedelta(days=30)


def test_zero_is_never_whoever_says_it() -> None:
    later = SAID + timedelta(days=4000)
    assert standing(SAID, 0, 180, later).lapses_at is None
    assert not standing(SAID, None, 0, later).has_lapsed


@given(st.integers(1, 3650), st.integers(0, 5000))
def test_it_lapses_once_and_for_all(days: int, after: int) -> None:
    assert standing(SAID, days, 180, SAID + timedelta(days=after)).has_lapsed == (after >= days)


def test_the_mail_address_in_an_owners_words() -> None:
    assert mail_of("Claire@Acme.example") == "claire@acme.example"
    assert mail_of(" Claire Morvan <Claire@acme.example> ") == "claire@acme.example"
    assert mail_of("direction commerciale") is None
    assert mail_of("écrire à claire@acme.example") is None
    assert mail_of("") is None
    assert mail_of(None) is None
    assert words_of("Claire Morvan <claire@acme.example>") == "Claire Morvan"
    assert words_of("<claire@acme.example>") == "<claire@acme.example>"
    assert words_of(None) == ""
