"""What pages make once and keep, while other threads give it up."""

from flask import Flask, g

from app.library import catalogue, memory


class Watched:
    """A key that lets another thread empty the shelf each time it is looked up, from the `patience`-th time on."""

    def __init__(self, patience: int) -> None:
        self.looked_up, self.patience = 0, patience

    def __hash__(self) -> int:
        self.looked_up += 1
        if self.looked_up >= self.patience:
            memory._kept[catalogue.current()].clear()
        return 1


def test_what_another_thread_gave_up_in_between_is_still_given(app: Flask) -> None:
    g.catalogue = catalogue.Catalogue(1, (), {})
    for patience in (1, 2, 3):
        assert memory.kept(Watched(patience), lambda: "made") == "made"


def test_no_more_is_kept_than_the_shelf_holds(app: Flask) -> None:
    g.catalogue = catalogue.Catalogue(1, (), {})
    for number in range(memory.MOST_KEPT + 5):
        assert memory.kept(number, lambda made=number: made) == number  # type: ignore[misc]
    assert len(memory._kept[g.catalogue]) <= memory.MOST_KEPT
