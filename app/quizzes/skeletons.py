"""What a new quiz begins with, and where its file goes. What is empty is what the check points at until filled."""

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


def quiz(document_id: str, title: str, _language: str) -> str:
    """A quiz without a question yet."""
    return _QUIZ.format(id=document_id, title=written(title))


def quiz_path(document_id: str, language: str, _folder: str) -> str:
    """A file among the quizzes."""
    return f"quizzes/{language}/{document_id}.yaml"
