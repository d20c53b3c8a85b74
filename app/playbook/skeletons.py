"""What a new step, play or offer begins with, and where its file goes.

What is empty here is what the check points at until somebody has written it.
"""

from app.library import catalogue
from app.library.yaml_scalars import written

LAST_PLACE = 99
SHORTEST_TITLE = 12

_STEP = """\
---
id: {id}
title: {title}
short_title: {short}
order: {order}
goal: ""
exit_criteria:
  - ""
---
"""
_PLAY = """\
---
id: {id}
title: {title}
order: {order}
summary: ""
---
## {know} {{.know}}

## {say} {{.say}}

## {show} {{.show}}

## {do} {{.do}}
"""
_OFFER = """\
---
id: {id}
title: {title}
order: {order}
nature: product
summary: ""
for_whom:
  - ""
characteristics:
  - name: ""
    advantage: ""
    proof: ""
limits:
  - limit: ""
    answer: ""
prices:
  - item: ""
    amount: ""
    currency: EUR
    tax: excluded
    vat_rate: "20"
---
## {how}
"""
_HEADINGS = {
    "fr": {"know": "Savoir", "say": "Dire", "show": "Montrer", "do": "Faire", "how": "Comment ça marche"},
    "en": {"know": "Know", "say": "Say", "show": "Show", "do": "Do", "how": "How it works"},
}


def step(document_id: str, title: str, language: str) -> str:
    """A step after the last one."""
    short = written(title[:SHORTEST_TITLE].strip())
    return _STEP.format(id=document_id, title=written(title), short=short, order=next_order("step"))


def play(document_id: str, title: str, language: str) -> str:
    """A play with its four blocks, after those that are there."""
    headings = _HEADINGS.get(language, _HEADINGS["en"])
    return _PLAY.format(id=document_id, title=written(title), order=next_order("play"), **headings)


def offer(document_id: str, title: str, language: str) -> str:
    """An offer with a row of everything that it must have."""
    headings = _HEADINGS.get(language, _HEADINGS["en"])
    return _OFFER.format(id=document_id, title=written(title), order=next_order("offer"), how=headings["how"])


def step_path(document_id: str, language: str, _folder: str) -> str:
    """A folder of its own, numbered by the step's place."""
    known = catalogue.current().find(document_id, language, "step")
    order = known.card.order if known else next_order("step")
    return f"content/{language}/{order:02}-{document_id}/index.md"


def play_path(document_id: str, language: str, folder: str) -> str:
    """A file in the step's folder, where `index` is the step itself."""
    name = document_id if document_id != "index" else "index-1"
    return f"{folder or f'content/{language}'}/{name}.md"


def offer_path(document_id: str, language: str, _folder: str) -> str:
    """A file among the offers."""
    return f"content/{language}/{'offres' if language == 'fr' else 'offers'}/{document_id}.md"


def next_order(kind: str) -> int:
    """The place after the last published document of a kind."""
    taken = [entry.card.order for entry in catalogue.entries(kind)]
    return min(LAST_PLACE, max(taken, default=0) + 1)
