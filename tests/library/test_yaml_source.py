"""The YAML that authors may write: plain values, each with its line."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.library import yaml_source
from app.library.yaml_source import DEEPEST, YamlError


def refusal(text: str) -> YamlError:
    with pytest.raises(YamlError) as caught:
        yaml_source.read(text)
    return caught.value


def test_every_value_knows_its_line() -> None:
    read = yaml_source.read("id: a\n\n# a remark\nsteps:\n  - one\n  - two\nprice:\n  amount: 3\n")
    assert read.line(("id",)) == 1
    assert read.line(("steps", 1)) == 6
    assert read.line(("price", "amount")) == 8


def test_a_value_that_is_missing_has_the_line_of_what_should_hold_it() -> None:
    read = yaml_source.read("id: a\nprice:\n  amount: 3\n")
    assert read.line(("price", "currency")) == 2
    assert read.line(("prices", 4, "amount")) == 1


def test_a_unicode_line_separator_does_not_shift_the_lines() -> None:
    assert yaml_source.read('a: "x\u2028y\u2029z"\nb: 1\n').line(("b",)) == 2
    assert refusal('a: "x\u2028y"\nb: *c\n').line == 2


def test_a_date_stays_text() -> None:
    assert yaml_source.read("on: 2026-11-24\nat: 2026-11-24T10:00:00Z\n").value == {
        "on": "2026-11-24",
        "at": "2026-11-24T10:00:00Z",
    }


def test_a_number_with_a_point_is_exact() -> None:
    assert yaml_source.read("a: 1.10\nb: 3\n").value == {"a": Decimal("1.10"), "b": 3}


def test_true_false_and_nothing_are_what_they_say() -> None:
    assert yaml_source.read("a: true\nb: no\nc:\nd: ~\n").value == {"a": True, "b": False, "c": None, "d": None}


def test_a_key_that_stands_twice_is_refused_at_its_second_line() -> None:
    found = refusal("id: a\ntitle: b\nid: c\n")
    assert (found.line, found.what) == (3, "the key “id” stands twice")


@pytest.mark.parametrize("text", ["a: 1\nb: *c\n", "a: 1\nb: &c 2\n", "a: 1\n<<: *c\n", "a: 1\nb:\n  [&c [1], 2]\n"])
def test_anchors_and_aliases_are_refused_at_their_line(text: str) -> None:
    assert refusal(text).line == text.rstrip().count("\n") + 1


def test_a_yaml_bomb_is_refused_at_its_first_line() -> None:
    grown = "".join(f"{each}: &{each} [*{below}, *{below}]\n" for below, each in pairwise("abcdefghij"))
    bomb = f"a: &a [lol, lol]\n{grown}"
    assert refusal(bomb).line == 1


@pytest.mark.parametrize(
    "tagged",
    [
        "!!python/object/apply:os.system [ls]",
        "!!python/name:str x",
        "!!python/object:str {}",
        "!!set {a}",
        "!!binary aGk=",
        "!own 3",
        "!own:str x",
        "!own {a: 1}",
    ],
)
def test_a_tag_is_refused_at_its_line(tagged: str) -> None:
    found = refusal(f"id: a\nvalue: {tagged}\n")
    assert found.line == 2
    assert found.what.startswith("the tag ")


@pytest.mark.parametrize("number", [".inf", "-.inf", ".nan", "10:30", "0x1F", "9" * 5000])
def test_a_number_is_decimal_or_quoted(number: str) -> None:
    assert "quotes" in refusal(f"a: {number}").expected


@pytest.mark.parametrize("text", ["[" * 100_000, "{" * 100_000, "- " * 100_000, "a: " + "[" * (DEEPEST + 1)])
def test_deep_nesting_is_refused_and_costs_no_stack(text: str) -> None:
    assert refusal(text).what == "values nested too deeply"


@pytest.mark.parametrize(
    ("text", "line"), [('a: 1\nb: "x\\0y"\n', 2), ('a: "\\ud800"\n', 1), ("a: 1\n\nb: \x01\n", 3), ('"\\0": 1', 1)]
)
def test_a_character_no_database_takes_is_refused_at_its_line(text: str, line: int) -> None:
    assert refusal(text).line == line


@pytest.mark.parametrize("text", ["a: b: c", "a: 'x", "\ta: 1", "a: 1\n--- \nb: 2", "? [a]\n: b", ": x"])
def test_what_is_no_yaml_is_said_in_one_line(text: str) -> None:
    found = refusal(text)
    assert "\n" not in f"{found.what}{found.expected}"


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused_at_a_line_of_it(text: str) -> None:
    line = 1
    try:
        yaml_source.read(text)
    except YamlError as refused:
        line = refused.line
    assert 1 <= line <= text.count("\n") + 1
