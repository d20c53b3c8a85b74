"""The places of the main navigation: each room adds its own, the bar and the phone's tab bar show them."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, current_app, g


def _always(_actor: object) -> bool:
    return True


@dataclass(frozen=True)
class Place:
    """A destination. `name` is what a page sets as its `section`; `visible` takes the actor; lower `order` first."""

    name: str
    label: object
    href: str
    icon: str
    order: int
    visible: Callable[[object], bool] = _always


def add(app: Flask, place: Place) -> None:
    """Add a place to an application's navigation."""
    places: list[Place] = app.extensions.setdefault("palier_places", [])
    places.append(place)
    places.sort(key=lambda each: each.order)


def visible() -> list[Place]:
    """The places the signed-in person may open."""
    places: list[Place] = current_app.extensions.get("palier_places", [])
    return [place for place in places if place.visible(g.get("actor"))]
