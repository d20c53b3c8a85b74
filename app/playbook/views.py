"""Pages of steps and plays."""

from collections.abc import Sequence

from flask import make_response, redirect, render_template
from flask.typing import ResponseReturnValue

from app.accounts.authorisation import Action
from app.accounts.guard import actor, requires
from app.core import ids
from app.core.errors import Conflict, InvalidInput
from app.core.slots import gather
from app.library import acknowledgements, catalogue
from app.library.catalogue import Entry
from app.playbook import play_pages, play_parts
from app.playbook.forms import AcknowledgeForm
from app.playbook.reading import Reading, next_to_read, tally
from app.playbook.staircase import progress, staircase, states


@requires(Action.READ_LIBRARY)
def list_steps() -> ResponseReturnValue:
    """The staircase as a list, and where to go on."""
    steps = staircase()
    reading = states(steps.plays, acknowledgements.of_reader(actor().id))
    return render_template(
        "playbook/steps.html",
        stairs=steps.stairs,
        percents=progress(),
        reading=reading,
        tallies={stair.id: tally(reading[play.id] for play in stair.plays) for stair in steps.stairs},
        whole=tally(reading.values()),
        going_on=_going_on(steps.plays, reading),
    )


@requires(Action.READ_LIBRARY)
def show_step(step_id: str) -> ResponseReturnValue:
    """A step: what it is for, when it is done, what to read."""
    step = catalogue.entry(step_id, "step")
    steps = staircase()
    position = steps.stair(step_id)
    stair = steps.stairs[position]
    body = catalogue.current().body(step)
    reading = states(stair.plays, acknowledgements.of_reader(actor().id))
    before, after = steps.beside(position)
    percents = progress()
    return render_template(
        "playbook/step.html",
        step=step,
        stair=stair,
        position=position,
        stairs=steps.stairs,
        rail=play_parts.rail(stair, None, percents, reading),
        percents=percents,
        reading=reading,
        going_on=_going_on(stair.plays, reading),
        facts=body.facts,
        blocks=play_pages.dressed(step),
        before=before,
        after=after,
        panels=gather("step_page", step=step),
    )


@requires(Action.READ_LIBRARY)
def show_play(play_id: str) -> ResponseReturnValue:
    """A play, and the reader's word on it."""
    page = play_pages.page_of(play_id)
    said = acknowledgements.of_reader(actor().id)
    word = play_pages.word_on(page.play, said.get(play_id))
    reading = states(page.stair.plays, said) if page.stair else {}
    return render_template(
        "playbook/play.html",
        page=page,
        word=word,
        parts=play_parts.parts_of(page, word),
        rail=play_parts.rail(page.stair, page.play, progress(), reading),
        uuid=ids.new(),
        panels=gather("play_page", play=page.play, step=page.stair.step if page.stair else None),
    )


@requires(Action.READ_LIBRARY)
def acknowledge_play(play_id: str) -> ResponseReturnValue:
    """Take the reader's word; a newer version that came meanwhile is said, with the way back to it."""
    page = play_pages.page_of(play_id)
    form = AcknowledgeForm()
    if not form.validate_on_submit() or form.revision_id.data is None:
        raise InvalidInput(**form.errors)
    try:
        acknowledgements.acknowledge(actor().id, play_id, form.revision_id.data, form.uuid.data)
    except Conflict as newer:
        return make_response(render_template("playbook/newer.html", page=page, sentence=newer.sentence), newer.status)
    return redirect(f"{page.play.address}#ack", 303)


def _going_on(plays: Sequence[Entry], reading: dict[str, Reading]) -> Entry | None:
    wanted = next_to_read(reading)
    return next((play for play in plays if play.id == wanted), None)
