"""How far a reader is."""

from app.playbook.reading import Reading, next_to_read, reading, tally


def test_without_a_word_a_play_is_to_read() -> None:
    assert reading(None, holds=False) is Reading.TO_READ


def test_a_word_that_holds_makes_it_read_and_one_that_does_not_makes_it_changed() -> None:
    assert reading(7, holds=True) is Reading.READ
    assert reading(7, holds=False) is Reading.CHANGED


def test_what_changed_is_left_to_read_again() -> None:
    counted = tally([Reading.READ, Reading.CHANGED, Reading.TO_READ])

    assert (counted.plays, counted.read, counted.changed, counted.left) == (3, 1, 1, 2)


def test_what_changed_is_to_be_read_before_what_is_new() -> None:
    assert next_to_read({"a": Reading.READ, "b": Reading.TO_READ, "c": Reading.CHANGED}) == "c"
    assert next_to_read({"a": Reading.READ, "b": Reading.TO_READ}) == "b"
    assert next_to_read({"a": Reading.READ}) is None
