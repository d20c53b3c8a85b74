"""What the product is measured against: a bare Flask + Jinja page of a given size, a bare durable commit."""

import os
from pathlib import Path

from flask import Flask, render_template, request
from jinja2 import DictLoader
from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Model, db

PAGE = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>{{ title }}</title></head>
<body><header>{% for place in places %}<a href="/{{ place }}">{{ place }}</a>{% endfor %}</header>
<main><h1>{{ title }}</h1>
{% for section in sections %}<section><h2>{{ section.heading }}</h2>{{ section.html | safe }}</section>
{% endfor %}</main></body></html>
"""


class BareRow(Model):
    """The one row that the bare view commits."""

    __tablename__ = "bare_row"

    id: Mapped[int] = mapped_column(primary_key=True)
    reply: Mapped[str] = mapped_column(Text)


def page_app(size: int) -> Flask:
    """Serves /page, an HTML page of about `size` bytes made of a dozen sections."""
    app = Flask("bare")
    app.jinja_loader = DictLoader({"page.html": PAGE})  # type: ignore[assignment]
    filler = "<p>" + "mot " * 60 + "</p>"
    section_count = 12
    sections = [{"heading": f"Partie {index}", "html": ""} for index in range(section_count)]
    with app.test_request_context():
        empty = len(_render(sections))
    each = max(0, (size - empty) // section_count)
    for section in sections:
        section["html"] = (filler * (each // len(filler) + 1))[:each]
    app.add_url_rule("/page", view_func=lambda: _render(sections))
    return app


def _render(sections: list[dict[str, str]]) -> str:
    return render_template("page.html", title="Page", places=["a", "b", "c", "d", "e"], sections=sections)


def commit_app(folder: Path) -> Flask:
    """Serves POST /rows, which commits one row through the product's SQLAlchemy session and durability."""
    app = Flask("bare")
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder / 'bare.db'}"
    db.init_app(app)
    with app.app_context():
        BareRow.__table__.create(db.engine, checkfirst=True)  # type: ignore[attr-defined]

    @app.post("/rows")
    def add_row() -> tuple[str, int]:
        db.session.add(BareRow(reply=request.form["choice"]))
        db.session.commit()
        return "", 204

    @app.get("/rows")
    def alive() -> str:
        return ""

    return app


def _made() -> Flask:
    wanted = os.environ["BENCH_BARE"]
    return commit_app(Path(os.environ["PALIER_DATA_DIR"])) if wanted == "commit" else page_app(int(wanted))


if "BENCH_BARE" in os.environ:
    bare_app = _made()
