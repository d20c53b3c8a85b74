"""Two addresses for whoever watches the service: the process lives; it is ready to serve."""

from flask import Blueprint, Flask

from app import schema
from app.accounts.guard import public
from app.extensions import limiter
from app.library import catalogue

bp = Blueprint("health", __name__)


def init_app(app: Flask) -> None:
    """Register the two addresses."""
    app.register_blueprint(bp)
    limiter.exempt(bp)


@bp.get("/healthz")
@public
def alive() -> dict[str, str]:
    """The process lives. Touches nothing else."""
    return {"status": "alive"}


@bp.get("/readyz")
@public
def ready() -> tuple[dict[str, object], int]:
    """The database is reachable and migrated, and the library is loaded; 503 with what is missing otherwise."""
    migrated = schema.present_revision() == schema.newest_revision()
    steps = len(catalogue.entries("step")) if migrated else 0
    is_ready = migrated and steps > 0
    state: dict[str, object] = {
        "status": "ready" if is_ready else "not ready",
        "migrated": migrated,
        "steps": steps,
    }
    return state, 200 if is_ready else 503
