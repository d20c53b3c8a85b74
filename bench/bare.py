"""What the product's pages are measured against: bare Flask + Jinja pages of a given size."""

import os
from pathlib import Path
from typing import Any

from flask import Flask, render_template


def page_app(size: int) -> Flask:
    """Serves /page: a page of about `size` bytes with a play page's parts, written in Jinja from plain data.

    A layout, navigation, the rail of seven steps, four blocks of paragraphs, quotations and items, links: what a
    play page shows, without anybody signed in, a database, a translation or a security header.
    """
    app = Flask("bare", template_folder=str(Path(__file__).with_name("templates")))
    data = _page_data()
    with app.test_request_context():
        missing = size - len(render_template("page.html", **data).encode())
    parts = [part for block in data["blocks"] for part in block["parts"]]
    for part in parts:
        part["text"] += " " + _words(max(0, missing // len(parts) - 1))
    app.add_url_rule("/page", view_func=lambda: render_template("page.html", **data))
    return app


def premade_app(size: int) -> Flask:
    """Serves /page: twelve ready-made pieces of HTML, about `size` bytes: Jinja has next to nothing to do."""
    app = Flask("bare", template_folder=str(Path(__file__).with_name("templates")))
    pieces = ["<p>" + _words(max(0, size // 12 - 60)) + "</p>"] * 12
    app.add_url_rule("/page", view_func=lambda: render_template("premade.html", title="Page", pieces=pieces))
    return app


def list_app(size: int) -> Flask:
    """Serves /page: a page of about `size` bytes with a table of fifty rows, in Jinja from plain data."""
    app = Flask("bare", template_folder=str(Path(__file__).with_name("templates")))
    data = _page_data()
    rows = [{"id": f"script-{number}", "title": f"Un script {number}", "state": "publié"} for number in range(50)]
    with app.test_request_context():
        missing = size - len(render_template("list.html", rows=rows, **data).encode())
    for row in rows:
        row["title"] += " " + _words(max(0, missing // len(rows) - 1))
    app.add_url_rule("/page", view_func=lambda: render_template("list.html", rows=rows, **data))
    return app


def _words(length: int) -> str:
    return ("un mot puis un autre " * (length // 21 + 1))[:length]


def _page_data() -> dict[str, Any]:
    places = ("Aujourd’hui", "Étapes", "Scripts", "Offres")
    kinds = ("text", "say", "text", "item", "item", "say", "text", "item")
    return {
        "title": "Passer le barrage du standard",
        "section": "steps",
        "sheets": ["vendor.css", "theme.css"],
        "scripts": ["theme.js", "htmx.js", "page.js"],
        "person": {"initials": "NB", "name": "Nadia Belkacem", "email": "rep@example.org"},
        "places": [{"name": name, "label": name, "href": f"/{name}", "icon": "home"} for name in places],
        "steps": [
            {
                "id": f"etape-{number}",
                "title": f"Une étape de la vente {number}",
                "percent": number * 9,
                "current": number == 3,
                "plays": [{"id": f"fiche-{play}", "title": f"Une fiche de l’étape {play}"} for play in range(3)],
            }
            for number in range(1, 8)
        ],
        "blocks": [
            {"name": name, "heading": name, "icon": "bulb", "parts": [{"kind": kind, "text": ""} for kind in kinds]}
            for name in ("savoir", "dire", "montrer", "faire")
        ],
        "links": [{"id": f"script-{number}", "title": f"Une objection {number}"} for number in range(4)],
    }


def _made() -> Flask:
    wanted = os.environ["BENCH_BARE"]
    if wanted == "commit":
        from bench.bare_commit import commit_app

        return commit_app(Path(os.environ["PALIER_DATA_DIR"]))
    kind, _, size = wanted.rpartition(" ")
    return premade_app(int(size)) if kind == "premade" else page_app(int(size))


if "BENCH_BARE" in os.environ:
    bare_app = _made()
