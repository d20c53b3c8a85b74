"""What a new script or list of categories begins with, and where its file goes.

What is empty here is what the check points at until somebody has written it.
"""

from app.library.yaml_scalars import written

_SCRIPT = """\
---
id: {id}
title: {title}
variants: []
category: ""
steps: []
sincerity: founded
---
## {probe} {{.probe}}
> {say}

## {rephrase} {{.rephrase}}
> {say}

## {answer} {{.answer}}
> {say}

## {check} {{.check}}
> {say}
"""
_CATEGORIES = """\
id: {id}
title: {title}
categories:
  - id: ""
    title: ""
"""
_HEADINGS = {
    "fr": {"probe": "Creuser", "rephrase": "Reformuler", "answer": "Argumenter", "check": "Contrôler", "say": "«  »"},
    "en": {"probe": "Dig", "rephrase": "Rephrase", "answer": "Answer", "check": "Check", "say": "“”"},
}


def script(document_id: str, title: str, language: str) -> str:
    """A script with the four movements of CRAC, each waiting for its words."""
    headings = _HEADINGS.get(language, _HEADINGS["en"])
    return _SCRIPT.format(id=document_id, title=written(title), **headings)


def categories(document_id: str, title: str, _language: str) -> str:
    """A list with one category to name."""
    return _CATEGORIES.format(id=document_id, title=written(title))


def script_path(document_id: str, language: str, _folder: str) -> str:
    """A file among the objections."""
    return f"content/{language}/objections/{document_id}.md"


def categories_path(_document_id: str, language: str, _folder: str) -> str:
    """The one place of the list."""
    return f"content/{language}/objections/categories.yaml"
