"""The list of questions for authors."""

from flask import render_template, request

from app.accounts.authorisation import Action
from app.accounts.guard import actor, requires
from app.core.pagination import page_number
from app.library.remarks import inbox
from app.library.remarks.inbox import STATES, WHOSE, Wanted


@requires(Action.WRITE_LIBRARY)
def list_questions() -> str:
    """The questions of the whole library, narrowed by state and by who answers for the document."""
    state, whose = request.args.get("state", ""), request.args.get("whose", "")
    wanted = Wanted(state if state in STATES else "waiting", whose if whose in WHOSE else "everybody")
    page = inbox.listed(actor(), wanted, page_number(request.args.get("page")))
    return render_template("library/remarks/list.html", page=page, wanted=wanted)
