"""Pages of scripts: finding one, reading one, keeping it at hand."""

from flask import make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.accounts.authorisation import Action
from app.accounts.guard import actor, requires
from app.core import ids
from app.core.errors import InvalidInput
from app.scripts import pins, script_pages, shelf
from app.scripts.forms import PinForm
from app.scripts.searching import browse


@requires(Action.READ_LIBRARY)
def list_scripts() -> ResponseReturnValue:
    """The list, narrowed by what is typed and by the filters; only its middle when the page asks for that."""
    asked = request.args
    finding = browse(actor(), asked.get("q", ""), asked.get("category", ""), asked.get("step", ""))
    part = _asks_for_a_part()
    page = make_response(
        render_template(
            "scripts/_results.html" if part else "scripts/list.html",
            finding=finding,
            wanted=finding.wanted,
            pinned={script_id for script_id, _ in pins.pinned_by(actor().id)},
            part=part,
        )
    )
    # One address, two answers: a browser going back must not take the part for the page.
    page.headers["Vary"] = "HX-Request"
    return page


@requires(Action.READ_LIBRARY)
def show_script(script_id: str) -> ResponseReturnValue:
    """The way through one objection."""
    page = script_pages.page_of(script_id)
    return render_template(
        "scripts/script.html",
        page=page,
        script=page.script,
        sincerity=script_pages.SINCERITY[page.facts.sincerity],
        **_pin_state(script_id),
    )


@requires(Action.READ_LIBRARY)
def pin_script(script_id: str) -> ResponseReturnValue:
    """Keep it at hand."""
    pins.pin(actor(), script_id, _sent().uuid.data)
    return _pinned_or_not(script_id)


@requires(Action.READ_LIBRARY)
def unpin_script(script_id: str) -> ResponseReturnValue:
    """Let it go."""
    pins.unpin(actor(), script_id, _sent().uuid.data)
    return _pinned_or_not(script_id)


def _sent() -> PinForm:
    form = PinForm()
    if not form.validate_on_submit():
        raise InvalidInput(**form.errors)
    return form


def _pin_state(script_id: str) -> dict[str, object]:
    return {"pinned": script_id in dict(pins.pinned_by(actor().id)), "uuid": ids.new(), "script_id": script_id}


def _pinned_or_not(script_id: str) -> ResponseReturnValue:
    if _asks_for_a_part():
        return render_template("scripts/_pin.html", **_pin_state(script_id), told=True)
    # One that was withdrawn has no page to come back to.
    return redirect(f"/scripts/{script_id}" if script_id in shelf.scripts() else "/scripts", 303)


def _asks_for_a_part() -> bool:
    """Whether htmx will put the answer inside the page (not when it restores a whole page from history)."""
    return "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers
