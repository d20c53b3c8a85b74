"""Palier: a self-hosted sales-playbook and training platform. The factory wires rooms; it holds no rule."""

import os
from collections.abc import Callable
from importlib import import_module
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from app import cli, extensions, health, schema
from app.config import Settings, from_environment
from app.core import frame, languages, outbox, rounds, slots, speech, web  # noqa: F401 - tables join the metadata
from app.core.database import db

# From the ground floor up; a room's `init_app` registers its pages, document kinds, slots and commands.
ROOMS = ("activity", "accounts", "library", "playbook", "quizzes", "scripts", "practice", "training", "insights")


class Palier(Flask):
    """Flask, without asking at each call whether a function is asynchronous: none of ours is."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function as it is."""
        return func


def create_app(settings: Settings | None = None) -> Flask:
    """An application for these settings (else for the environment's). Raises config.WrongSetting."""
    settings = settings or from_environment(os.environ)
    app = Palier(__name__)
    app.config.from_mapping(flask_configuration(settings))
    app.extensions["palier_slots"] = slots.Slots()
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    db.init_app(app)
    extensions.csrf.init_app(app)
    extensions.limiter.init_app(app)
    extensions.compress.init_app(app)
    extensions.babel.init_app(
        app, locale_selector=languages.readers, timezone_selector=languages.time_zone_name, default_locale="fr"
    )
    speech.init_app(app)
    web.init_app(app)
    frame.init_app(app)
    for room in ROOMS:
        import_module(f"app.{room}.room").init_app(app)
    schema.init_app(app)
    health.init_app(app)
    cli.init_app(app)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.wsgi_app = web.static_files(app)  # type: ignore[method-assign]
    return app


def flask_configuration(settings: Settings) -> dict[str, object]:
    """The settings in the words of Flask and its extensions."""
    secure = settings.address.startswith("https://")
    return {
        "SETTINGS": settings,
        "SECRET_KEY": settings.signing_key(),
        "SESSION_COOKIE_NAME": "palier",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": secure,
        # A session ends thirty days after sign-in; signing and sending the cookie again would change nothing.
        "SESSION_REFRESH_EACH_REQUEST": False,
        "SQLALCHEMY_DATABASE_URI": settings.sqlalchemy_url,
        "SQLALCHEMY_ENGINE_OPTIONS": {"pool_pre_ping": settings.sqlalchemy_url.startswith("postgresql")},
        "MAX_CONTENT_LENGTH": 2 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 1024 * 1024,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": secure,
        "RATELIMIT_STORAGE_URI": settings.redis_url or "memory://",
        # Each try by its own time: a counter a minute forgets half of them when the minute turns.
        "RATELIMIT_STRATEGY": "moving-window",
        # Without Redis each process counts alone: better than a door that nobody can open.
        "RATELIMIT_IN_MEMORY_FALLBACK_ENABLED": True,
        "RATELIMIT_STORAGE_OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1} if settings.redis_url else {},
        "COMPRESS_ALGORITHM": ["br", "gzip"],
        "COMPRESS_BR_LEVEL": 4,
        "COMPRESS_LEVEL": 5,
        "COMPRESS_MIMETYPES": ["text/html", "application/json", "text/csv"],
        "BABEL_TRANSLATION_DIRECTORIES": ";".join(("translations", *(f"{room}/translations" for room in ROOMS))),
    }
