"""The addresses of this room."""

from flask import Blueprint

from app.playbook import change_views, offer_views, views

bp = Blueprint("playbook", __name__, template_folder="templates")

bp.add_url_rule("/steps", "steps", views.list_steps)
bp.add_url_rule("/steps/<step_id>", "step", views.show_step)
bp.add_url_rule("/plays/<play_id>", "play", views.show_play)
bp.add_url_rule("/plays/<play_id>/changes", "changes", change_views.show_changes)
bp.add_url_rule("/plays/<play_id>/acknowledge", "acknowledge", views.acknowledge_play, methods=["POST"])
bp.add_url_rule("/offers", "offers", offer_views.list_offers)
bp.add_url_rule("/offers/<offer_id>", "offer", offer_views.show_offer)
bp.add_url_rule("/glossary", "glossary", offer_views.show_glossary)
