"""Where the library's authors find these pages: beside a quiz or bank, and where something new begins."""

from flask_babel import gettext as _

from app.quizzes.exchange.targets import KINDS

Line = tuple[str, str, str]  # icon, words, address


def beside(document_id: str, language: str, kind: str, is_published: bool) -> list[Line]:
    """For the slot `library_more`: what else may be done with a quiz or bank. No statement."""
    if kind not in KINDS:
        return []
    add = ("upload", _("Add questions from a file…"), f"/quizzes/import?into={document_id}/{language}")
    out = ("download", _("Export its questions…"), f"/quizzes/{document_id}/export")
    return [add, out] if is_published else [add]


def new() -> list[Line]:
    """For the slot `library_new`: questions that another platform has already."""
    return [("upload", _("Bring questions in from a file of another platform"), "/quizzes/import")]
