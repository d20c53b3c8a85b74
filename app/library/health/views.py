"""The health page."""

from flask import render_template, request

from app.accounts.authorisation import Action
from app.accounts.guard import requires
from app.core.pagination import PER_PAGE, Page, page_number
from app.library.health import checkup

SHOWN = 5


@requires(Action.WRITE_LIBRARY)
def show_health() -> str:
    """Everything to look after, the first of each sort; or all of one sort, a page at a time."""
    groups = checkup.examine()
    only = next((group for group in groups if group.name == request.args.get("only")), None)
    number = page_number(request.args.get("page"))
    page = None
    if only is not None:
        first = (number - 1) * PER_PAGE
        page = Page(list(only.findings[first : first + PER_PAGE]), number, len(only.findings))
    return render_template(
        "library/health/health.html",
        groups=groups,
        only=only,
        page=page,
        shown=SHOWN,
        total=sum(group.count for group in groups),
    )
