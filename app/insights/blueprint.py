"""The pages of this room."""

from flask import Blueprint

from app.insights import views

bp = Blueprint("insights", __name__, template_folder="templates")

bp.add_url_rule("/team", "team", views.team)
bp.add_url_rule("/team/export.csv", "export", views.export)
bp.add_url_rule("/team/<uuid:person_id>", "record", views.record)
