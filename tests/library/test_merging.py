"""Merging two texts written from one: nothing of either side is lost, and what contradicts is shown."""

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.library.authoring.merging import BETWEEN, OURS, THEIRS, Merged, marked_lines, matches, merge
from tests.pace import turns

LINES = st.lists(st.sampled_from(["", "un", "deux", "trois", "quatre", " ", "un\r"]), max_size=9)
TEXTS = LINES.map("\n".join)


@given(TEXTS, TEXTS)
def test_what_only_one_side_changed_is_taken_from_it(base: str, changed: str) -> None:
    assert merge(base, changed, base) == Merged(changed, clean=True)
    assert merge(base, base, changed) == Merged(changed, clean=True)
    assert merge(base, changed, changed) == Merged(changed, clean=True)


@given(TEXTS, TEXTS, TEXTS)
def test_the_sides_may_be_exchanged(base: str, mine: str, theirs: str) -> None:
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)
    assert one.clean == other.clean
    assert not one.clean or one.text == other.text
    assert one.clean == (not marked_lines(one.text))


@given(TEXTS, TEXTS, TEXTS)
def test_a_line_that_a_side_added_is_in_the_merged_text(base: str, mine: str, theirs: str) -> None:
    added = "ajouté par moi"
    ours = "\n".join([mine, added])
    merged = merge(base, ours, theirs)
    assert added in merged.text.split("\n")
    assert not set(theirs.split("\n")) - set(base.split("\n")) - set(merged.text.split("\n"))


@given(st.lists(st.integers(0, 5), min_size=3, max_size=12, unique=False), st.data())
def test_changes_of_lines_that_do_not_touch_are_both_kept(numbers: list[int], data: st.DataObject) -> None:
    base = [f"ligne {number} {place}" for place, number in enumerate(numbers)]
    first = data.draw(st.integers(0, len(base) - 3))
    second = data.draw(st.integers(first + 2, len(base) - 1))
    mine, theirs = list(base), list(base)
    mine[first], theirs[second] = "à moi", "à eux"
    both = list(mine)
    both[second] = "à eux"
    assert merge("\n".join(base), "\n".join(mine), "\n".join(theirs)) == Merged("\n".join(both), clean=True)


def test_one_line_changed_by_both_is_a_contradiction_with_both_in_it() -> None:
    merged = merge("a\nb\nc\n", "a\nde moi\nc\n", "a\nd’eux\nc\n")
    assert merged == Merged(f"a\n{OURS}\nde moi\n{BETWEEN}\nd’eux\n{THEIRS}\nc\n", clean=False)
    assert marked_lines(merged.text) == [2, 4, 6]


def test_only_what_differs_stands_between_the_marks() -> None:
    merged = merge("a\nz", "a\nun\ndeux\ntrois\nz", "a\nun\nDEUX\ntrois\nz")
    assert merged.text == f"a\nun\n{OURS}\ndeux\n{BETWEEN}\nDEUX\n{THEIRS}\ntrois\nz"


def test_a_text_without_an_end_of_line_and_windows_line_ends_keep_theirs() -> None:
    assert merge("a\r\nb\r\nc", "A\r\nb\r\nc", "a\r\nb\r\nC").text == "A\r\nb\r\nC"


def test_a_deletion_beside_another_s_change_is_no_deletion() -> None:
    merged = merge("a\nb\nc", "a\nc", "a\nB\nc")
    assert not merged.clean
    assert "B" in merged.text


@given(LINES, LINES)
def test_matches_grow_on_both_sides_and_are_equal_lines(old: list[str], new: list[str]) -> None:
    found = matches(old, new)
    assert all(old[i] == new[j] for i, j in found)
    assert all(one[0] < two[0] and one[1] < two[1] for one, two in pairwise(found))


HALF_A_MEGABYTE = 512 * 1024
_lines = [str(number) for number in range(70_000)]
_shuffled = random.Random(1).sample(_lines, len(_lines))
HOSTILE = {
    "empty lines": ("\n" * HALF_A_MEGABYTE, "a\n" * (HALF_A_MEGABYTE // 2), "\n" * HALF_A_MEGABYTE + "b"),
    "lines that alternate": ("a\nb\n" * 130_000, "b\na\n" * 130_000, "a\n" * 260_000),
    "lines in disorder": ("\n".join(_lines), "\n".join(_shuffled), "\n".join(reversed(_lines))),
    "nests of lines that stand once": (
        "\n".join(f"{n}\n{n % 700}" for n in range(40_000)),
        "\n".join(f"{n % 700}\n{n}" for n in range(40_000)),
        "\n".join(f"{n // 2}" for n in range(80_000)),
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_the_largest_texts_are_merged_in_bounded_time(name: str) -> None:
    base, mine, theirs = HOSTILE[name]
    assert turns(lambda: merge(base, mine, theirs)) < 300
