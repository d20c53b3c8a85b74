"""The addresses of this room."""

from flask import Blueprint

from app.library.archives import views as archives
from app.library.attachments import views as attachments
from app.library.authoring import conflict_views
from app.library.authoring import document_views as documents
from app.library.authoring import list_views as lists
from app.library.authoring import publish_views as publishing
from app.library.authoring.editor import views as editor
from app.library.authoring.fields import views as fields
from app.library.differences import reader_views as reader_lists
from app.library.differences import views as differences
from app.library.finding import views as finding
from app.library.health import views as health
from app.library.remarks import author_views as remark_lists
from app.library.remarks import views as remarks
from app.library.trust import views as trust

bp = Blueprint("library", __name__, template_folder="templates")

# The library and its drafts
bp.add_url_rule("/library", "documents", lists.documents)
bp.add_url_rule("/library/new", "new", lists.new, methods=["GET", "POST"])
bp.add_url_rule("/library/conflicts", "conflicts", lists.list_conflicts)
bp.add_url_rule(
    "/library/conflicts/<document_id>/<language>", "conflict", conflict_views.conflict, methods=["GET", "POST"]
)
bp.add_url_rule("/library/<document_id>", "document", lists.document)
bp.add_url_rule("/library/<document_id>/<language>", "overview", documents.show)
bp.add_url_rule("/library/<document_id>/<language>/history", "history", documents.history)
bp.add_url_rule("/library/<document_id>/<language>/roll-back", "roll_back", documents.roll_back, methods=["POST"])
bp.add_url_rule("/library/<document_id>/<language>/publish", "publish", publishing.publish, methods=["GET", "POST"])
bp.add_url_rule("/library/<document_id>/<language>/catch-up", "catch_up", publishing.catch_up, methods=["POST"])
bp.add_url_rule("/library/<document_id>/<language>/discard", "discard", documents.discard, methods=["GET", "POST"])
bp.add_url_rule(
    "/library/<document_id>/<language>/duplicate", "duplicate", documents.duplicate, methods=["GET", "POST"]
)
bp.add_url_rule("/library/<document_id>/<language>/archive", "archive", documents.archive, methods=["GET", "POST"])
bp.add_url_rule("/library/<document_id>/<language>/restore", "restore", documents.restore, methods=["POST"])
bp.add_url_rule("/library/<document_id>/<language>/in-step", "in_step", documents.in_step, methods=["POST"])

# The editor
bp.add_url_rule("/library/<document_id>/<language>/edit", "edit", editor.show_editor)
bp.add_url_rule("/library/<document_id>/<language>/draft", "save_draft", editor.save_draft, methods=["POST"])
bp.add_url_rule("/library/<document_id>/<language>/check", "check_draft", editor.check_draft, methods=["POST"])
bp.add_url_rule("/library/<document_id>/<language>/links", "link_targets", editor.link_targets)
bp.add_url_rule("/library/<document_id>/<language>/fields", "fields", fields.show_fields)
bp.add_url_rule("/library/<document_id>/<language>/fields", "save_fields", fields.save_fields, methods=["POST"])

# Differences, and who reads what
bp.add_url_rule("/library/<document_id>/<language>/compare", "compare", differences.compare)
bp.add_url_rule("/library/<document_id>/readers", "readers", reader_lists.readers)

# Verification
bp.add_url_rule("/library/<document_id>/verify", "verify", trust.verify, methods=["POST"])

# Readers' questions
bp.add_url_rule("/questions", "my_questions", remarks.my_questions)
bp.add_url_rule("/questions/<document_id>", "questions", remarks.show_questions)
bp.add_url_rule("/questions/<document_id>", "ask", remarks.ask, methods=["POST"])
bp.add_url_rule("/questions/<document_id>/<uuid:remark_id>/answer", "answer", remarks.answer, methods=["POST"])
bp.add_url_rule(
    "/questions/<document_id>/<uuid:remark_id>/change", "change_remark", remarks.change, methods=["GET", "POST"]
)
bp.add_url_rule("/questions/<document_id>/<uuid:remark_id>/withdraw", "withdraw", remarks.withdraw, methods=["POST"])
bp.add_url_rule(
    "/questions/<document_id>/<uuid:remark_id>/<any(resolve, reopen, hide, show):what>",
    "settle",
    remarks.settle,
    methods=["POST"],
)
bp.add_url_rule("/library/questions", "list_questions", remark_lists.list_questions)

# Attachments and archives
bp.add_url_rule("/attachments/<digest>/<name>", "attachment", attachments.attachment)
bp.add_url_rule("/library/attachments", "attachments", attachments.attachments, methods=["GET", "POST"])
bp.add_url_rule(
    "/library/attachments/<name>/take-away", "take_attachment_away", attachments.take_away, methods=["POST"]
)
bp.add_url_rule("/library/export.zip", "export_archive", archives.export)
bp.add_url_rule("/library/import", "import_archive", archives.choose, methods=["GET", "POST"])
bp.add_url_rule("/library/import/preview", "preview_import", archives.preview)
bp.add_url_rule("/library/import/compare", "compare_import", archives.compare)
bp.add_url_rule("/library/import/carry-out", "carry_out_import", archives.carry_out, methods=["POST"])
bp.add_url_rule("/library/import/drop", "drop_import", archives.drop, methods=["POST"])

# Search
bp.add_url_rule("/search", "search", finding.look)
bp.add_url_rule("/search/vain", "note_vain", finding.note_vain, methods=["POST"])
bp.add_url_rule("/library/searches", "searches", finding.list_vain)
bp.add_url_rule("/library/searches/dismiss", "dismiss_search", finding.dismiss_vain, methods=["POST"])

# Health
bp.add_url_rule("/library/health", "health", health.show_health)
