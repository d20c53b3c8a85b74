"""The addresses of this room."""

from flask import Blueprint

from app.quizzes import views
from app.quizzes.attempts import AttemptClosed

bp = Blueprint("quizzes", __name__, template_folder="templates")

bp.add_url_rule("/quizzes/<quiz_id>", "quiz", views.show_quiz)
bp.add_url_rule("/quizzes/<quiz_id>/attempts", "start", views.start_attempt, methods=["POST"])
bp.add_url_rule("/attempts/<uuid:attempt_id>", "attempt", views.show_attempt)
bp.add_url_rule("/attempts/<uuid:attempt_id>/answers", "answer", views.save_answer, methods=["POST"])
bp.add_url_rule("/attempts/<uuid:attempt_id>/finish", "finish", views.show_finish)
bp.add_url_rule("/attempts/<uuid:attempt_id>/submit", "submit", views.submit_attempt, methods=["POST"])

bp.register_error_handler(AttemptClosed, views.refuse_late)
