"""The staircase holds any number of steps inside its view box."""

from hypothesis import given
from hypothesis import strategies as st

from app.training import stairs
from app.training.stairs import Tread


@given(st.lists(st.integers(0, 100), min_size=1, max_size=25))
def test_every_stair_stands_inside_the_drawing_and_rises(percents: list[int]) -> None:
    treads = [Tread(order, "Titre", "Court", percent) for order, percent in enumerate(percents, 1)]
    for drawing in (stairs.wide(treads), stairs.narrow(treads)):
        tops = [stair.top for stair in drawing.stairs]
        assert tops == sorted(tops, reverse=True)
        for stair, percent in zip(drawing.stairs, percents, strict=True):
            assert stair.x >= 0
            assert stair.x + stair.width <= drawing.width + 0.2
            assert stair.top > 20
            assert 0 <= stair.fill_height <= stair.height + 0.1
            assert (stair.fill_height == 0) == (percent == 0)


def test_no_step_is_no_stair() -> None:
    assert stairs.wide([]).stairs == ()
