"""The addresses of this room."""

from flask import Blueprint

from app.quizzes import views
from app.quizzes.attempts import AttemptClosed, NoAttemptLeft, NothingToAsk, TooSoon
from app.quizzes.exchange import export_views, import_views
from app.quizzes.from_offers import views as from_offers
from app.quizzes.regrading import views as regrading_views
from app.quizzes.scoring import views as scoring_views
from app.quizzes.statistics import views as statistics_views

bp = Blueprint("quizzes", __name__, template_folder="templates")

bp.add_url_rule("/quizzes/<quiz_id>", "quiz", views.show_quiz)
bp.add_url_rule("/quizzes/<quiz_id>/attempts", "start", views.start_attempt, methods=["POST"])
bp.add_url_rule("/quizzes/<quiz_id>/statistics", "statistics", statistics_views.show_statistics)
bp.add_url_rule("/quizzes/<quiz_id>/statistics/<path:key>", "question_statistics", statistics_views.show_question)
bp.add_url_rule("/attempts/<uuid:attempt_id>", "attempt", views.show_attempt)
bp.add_url_rule("/attempts/<uuid:attempt_id>/answers", "answer", views.save_answer, methods=["POST"])
bp.add_url_rule("/attempts/<uuid:attempt_id>/hints", "hint", views.take_hint, methods=["POST"])
bp.add_url_rule("/attempts/<uuid:attempt_id>/finish", "finish", views.show_finish)
bp.add_url_rule("/attempts/<uuid:attempt_id>/submit", "submit", views.submit_attempt, methods=["POST"])

# Questions in the files of other platforms, for authors
bp.add_url_rule("/quizzes/import", "import_questions", import_views.choose, methods=["GET", "POST"])
bp.add_url_rule("/quizzes/import/preview", "preview_questions", import_views.preview)
bp.add_url_rule("/quizzes/import/create", "create_questions", import_views.create, methods=["POST"])
bp.add_url_rule("/quizzes/import/drop", "drop_questions", import_views.drop, methods=["POST"])
bp.add_url_rule("/quizzes/<quiz_id>/export", "export", export_views.choose)
bp.add_url_rule("/quizzes/<quiz_id>/export/<format_name>", "look_at_export", export_views.look)
bp.add_url_rule("/quizzes/<quiz_id>/export/<format_name>/file", "download", export_views.download)

# Scoring what was written, for managers
bp.add_url_rule("/quizzes/to-score", "to_score", scoring_views.show_waiting)
bp.add_url_rule("/attempts/<uuid:attempt_id>/score", "score", scoring_views.score, methods=["GET", "POST"])

# Regrading, for authors
bp.add_url_rule("/quizzes/<quiz_id>/regrade", "regrade", regrading_views.regrade, methods=["GET", "POST"])

# The questions that follow an offer, for authors
bp.add_url_rule("/offers/<offer_id>/questions", "offer_questions", from_offers.show_questions)
bp.add_url_rule("/offers/<offer_id>/questions", "decide_offer_question", from_offers.decide, methods=["POST"])

bp.register_error_handler(AttemptClosed, views.refuse_late)
for refused in (NoAttemptLeft, NothingToAsk, TooSoon):
    bp.register_error_handler(refused, views.refuse_start)
