"""The frame around a page: parts that are the same for everybody with the same places, made once and kept."""

from flask import Flask, render_template
from markupsafe import Markup

from app.core import languages, navigation

Key = tuple[str, str, str, tuple[str, ...]]


def init_app(app: Flask) -> None:
    """Give templates `frame(template, section)`."""
    kept: dict[Key, Markup] = {}

    def frame(template: str, section: str) -> Markup:
        """A part of the frame, by template and section; it may depend on the language and on the visible places."""
        places = navigation.visible()
        key = (template, section, languages.readers(), tuple(place.name for place in places))
        if key not in kept:
            kept[key] = Markup(render_template(template, section=section, places=places))  # noqa: S704 - our own
        return kept[key]

    app.jinja_env.globals["frame"] = frame
