"""The addresses of this room."""

from flask import Blueprint

from app.scripts import views

bp = Blueprint("scripts", __name__, template_folder="templates")

bp.add_url_rule("/scripts", "scripts", views.list_scripts)
bp.add_url_rule("/scripts/<script_id>", "script", views.show_script)
bp.add_url_rule("/scripts/<script_id>/pin", "pin", views.pin_script, methods=["POST"])
bp.add_url_rule("/scripts/<script_id>/unpin", "unpin", views.unpin_script, methods=["POST"])
