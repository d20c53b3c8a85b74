"""The addresses of this room."""

from flask import Blueprint

from app.practice import views

bp = Blueprint("practice", __name__, template_folder="templates")

bp.add_url_rule("/review", "review", views.review)
bp.add_url_rule("/review/answer", "answer", views.answer, methods=["POST"])
bp.add_url_rule("/review/hint", "hint", views.hint, methods=["POST"])
bp.add_url_rule("/review/rate", "rate", views.rate, methods=["POST"])
bp.add_url_rule("/review/suspend", "suspend", views.suspend, methods=["POST"])
bp.add_url_rule("/review/resume", "resume", views.resume, methods=["POST"])
bp.add_url_rule("/review/suspended", "suspended", views.suspended)
bp.add_url_rule("/review/retention", "retention", views.retention)
