"""What a new quiz or bank begins with, and where its file goes. What is empty is pointed at by the check."""

from app.library.yaml_scalars import written

_QUIZ = """\
id: {id}
title: {title}
step: ""
order: 1
intro: ""
pass_mark: 80
questions: []
"""
_BANK = """\
id: {id}
title: {title}
questions: []
"""


def quiz(document_id: str, title: str, _language: str) -> str:
    """A quiz without a question yet."""
    return _QUIZ.format(id=document_id, title=written(title))


def quiz_path(document_id: str, language: str, _folder: str) -> str:
    """A file among the quizzes."""
    return f"quizzes/{language}/{document_id}.yaml"


def bank(document_id: str, title: str, _language: str) -> str:
    """A bank without a question yet."""
    return _BANK.format(id=document_id, title=written(title))


def bank_path(document_id: str, language: str, _folder: str) -> str:
    """A file among the banks."""
    return f"quizzes/{language}/banques/{document_id}.yaml"
