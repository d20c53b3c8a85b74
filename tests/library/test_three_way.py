"""The rule by which files and database meet."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.library.three_way import Move, decide

A, B, C = "a", "b", "c"

RULE = {
    # synced, file, database
    (None, None, None): Move.NOTHING,
    (None, None, A): Move.WRITE,
    (None, A, None): Move.PUBLISH,
    (None, A, A): Move.AGREE,
    (None, A, B): Move.CONFLICT,
    (A, None, None): Move.AGREE,
    (A, None, A): Move.WITHDRAW,
    (A, None, B): Move.CONFLICT,
    (A, A, None): Move.REMOVE,
    (A, A, A): Move.NOTHING,
    (A, A, B): Move.WRITE,
    (A, B, None): Move.CONFLICT,
    (A, B, A): Move.PUBLISH,
    (A, B, B): Move.AGREE,
    (A, B, C): Move.CONFLICT,
}


@pytest.mark.parametrize(("state", "move"), RULE.items())
def test_the_rule_decides_every_case(state: tuple[str | None, str | None, str | None], move: Move) -> None:
    assert decide(*state) is move


def test_the_table_is_complete_up_to_names() -> None:
    def shape(state: tuple[str | None, ...]) -> tuple[int, ...]:
        names: dict[str | None, int] = {None: 0}
        return tuple(names.setdefault(each, len(names)) for each in state)

    assert {shape(state) for state in product((None, A, B, C), repeat=3)} == {shape(state) for state in RULE}


digests = st.sampled_from([None, A, B, C])


@given(digests, digests, digests)
def test_nothing_that_changed_on_one_side_alone_is_lost(
    synced: str | None, file: str | None, database: str | None
) -> None:
    move = decide(synced, file, database)
    after = {
        Move.PUBLISH: file,
        Move.WITHDRAW: file,
        Move.WRITE: database,
        Move.REMOVE: database,
        Move.AGREE: file,
        Move.NOTHING: synced,
    }
    if move is Move.CONFLICT:
        assert len({synced, file, database}) == 3
    elif file != synced:
        assert after[move] == file
    else:
        assert after[move] == database


@given(digests, digests, digests)
def test_after_a_move_there_is_nothing_left_to_do(synced: str | None, file: str | None, database: str | None) -> None:
    move = decide(synced, file, database)
    if move in (Move.PUBLISH, Move.WITHDRAW):
        assert decide(file, file, file) is Move.NOTHING
    elif move in (Move.WRITE, Move.REMOVE):
        assert decide(database, database, database) is Move.NOTHING
