"""The pages of this room."""

from flask import Blueprint

from app.training import assignment_views, today_views

bp = Blueprint("training", __name__, template_folder="templates")

bp.add_url_rule("/", "today", today_views.today)

# Assigning, for managers
bp.add_url_rule("/assign", "assign", assignment_views.assign, methods=["GET", "POST"])
bp.add_url_rule("/assignments", "assignments", assignment_views.assignments)
bp.add_url_rule("/assignments/<uuid:assignment_id>/cancel", "cancel", assignment_views.cancel, methods=["POST"])
