"""Addresses, names, roles, passwords, browsers: the rules alone."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.accounts import addresses, browsers, entries, password_rules
from app.accounts.actor import Role
from app.core import folding
from app.core.errors import InvalidInput


@pytest.mark.parametrize("module", [addresses, browsers, folding])
def test_the_examples_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


@given(st.text(max_size=300))
def test_a_cleaned_address_is_a_fixed_point(text: str) -> None:
    try:
        cleaned = entries.email(text)
    except InvalidInput:
        return
    assert entries.email(cleaned) == cleaned == cleaned.lower()
    assert len(cleaned) <= entries.LONGEST_EMAIL


@given(st.text(max_size=200))
def test_a_cleaned_name_is_a_fixed_point_that_can_be_shown(text: str) -> None:
    try:
        cleaned = entries.name(text)
    except InvalidInput:
        return
    assert entries.name(cleaned) == cleaned
    assert 0 < len(cleaned) <= entries.LONGEST_NAME
    assert "\x00" not in cleaned


@pytest.mark.parametrize("name", ["\u200b", "\u2060\u2060", "\u0301", "— !", "Ana\u202elivS", "\u2066Ana\u2069"])
def test_a_name_that_shows_nothing_or_turns_the_line_around_is_refused(name: str) -> None:
    with pytest.raises(InvalidInput):
        entries.name(name)


@pytest.mark.parametrize("name", ["Zoë", "O’Neil", "Équipe 7", "علی\u200cرضا", "李", "J. P."])
def test_names_of_every_script_are_accepted(name: str) -> None:
    assert entries.name(name) == name


def test_addresses_inside_a_company_are_accepted() -> None:
    assert entries.email(" Ana.Silva@Siege.LOCAL ") == "ana.silva@siege.local"


@pytest.mark.parametrize(
    ("word", "role"),
    [("", Role.REP), ("Commerciale", Role.REP), ("MANAGER", Role.MANAGER), ("Administratrice", Role.ADMINISTRATOR)],
)
def test_roles_are_understood_in_both_languages(word: str, role: Role) -> None:
    assert entries.role(word) is role


@given(st.text(max_size=300))
def test_an_address_looked_up_holds_nothing_a_database_refuses(text: str) -> None:
    typed = entries.as_typed(text)
    assert "\x00" not in typed
    assert len(typed) <= 255


@pytest.mark.parametrize(
    "password", ["azertyuiop", "AZERTYUIOP", "MotDePasse123", "aaaaaaaaaaaa", "1212121212", "ana@example.org"]
)
def test_the_first_that_anybody_would_try_are_refused(password: str) -> None:
    assert password_rules.problem_with(password, "ana@example.org")


@pytest.mark.parametrize("password", ["quatre mots mis ensemble", "Tr0ub4dor&3", "ñandú-кот-猫 dix"])
def test_length_counts_and_composition_does_not(password: str) -> None:
    assert password_rules.problem_with(password, "ana@example.org") is None


@given(st.text())
def test_a_local_address_has_no_host(text: str) -> None:
    if addresses.is_local(text):
        assert text.startswith("/")
        assert not text.startswith(("//", "/\\"))


def test_browsers_are_told_apart() -> None:
    edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"
    phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Safari/604.1"
    assert browsers.described(edge) == "Edge, Windows"
    assert browsers.described(phone) == "Safari, iPhone"
    assert browsers.described("curl/8") == ""
