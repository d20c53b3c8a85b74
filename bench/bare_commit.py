"""What a saved answer is measured against: a bare Flask view that commits one row.

Its table joins the product's metadata, so only the bench's own server imports this.
"""

from pathlib import Path

from flask import Flask, request
from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Model, db, make_file


class BareRow(Model):
    """The one row that the bare view commits."""

    __tablename__ = "bare_row"

    id: Mapped[int] = mapped_column(primary_key=True)
    reply: Mapped[str] = mapped_column(Text)


def commit_app(folder: Path) -> Flask:
    """Serves POST /rows, which commits one row through the product's SQLAlchemy session and durability."""
    app = Flask("bare")
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{folder / 'bare.db'}"
    db.init_app(app)
    with app.app_context():
        make_file()
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
