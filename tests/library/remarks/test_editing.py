"""From a question to an edit: it stands beside the editor, and a publication settles those that were ticked."""

from pathlib import Path

from flask import Flask, g
from flask.testing import FlaskClient

from app.accounts.actor import Actor
from app.core import ids
from app.library.remarks import moderation
from app.library.remarks.beside import question_beside, questions_to_settle
from tests.factories import sign_in_as
from tests.library.remarks.conftest import PLAY, SCRIPT, People, ask, person, row
from tests.library_factories import publish_file, write_play, write_script


def publish_with(app: Flask, actor: Actor, file: Path, resolves: list[object]) -> None:
    """Publish a file as the page does that sends these fields."""
    form = {"resolves": [str(each) for each in resolves]}
    with app.test_request_context("/library/x/fr/publish", method="POST", data=form):
        g.actor = actor
        publish_file(app, file, by=actor.id)


def test_a_publication_resolves_the_questions_that_were_ticked(people: People, app: Flask, library_files: Path) -> None:
    ticked, left = ask(people.asker), ask(people.asker)
    file = write_play(library_files, library_files / "content/fr/01-prendre-contact", PLAY, owner="owner@example.org")
    publish_with(app, people.writer, file, [ticked])
    found, other = row(ticked), row(left)
    assert found
    assert other
    assert (found.resolved_by, other.resolved_by) == (people.writer.id, None)


def test_a_publication_settles_nothing_of_another_document_and_fails_for_nothing_that_is_gone(
    people: People, app: Flask, library_files: Path
) -> None:
    question, hidden = ask(people.asker), ask(people.asker, document=SCRIPT)
    moderation.hide(people.writer, SCRIPT, hidden)
    publish_with(app, people.writer, write_script(library_files), [question, hidden, ids.new(), "x", ""])
    for each in (question, hidden):
        found = row(each)
        assert found
        assert found.resolved_at is None


def test_the_question_stands_beside_the_editor_of_its_document_alone(people: People, app: Flask) -> None:
    question = ask(people.asker, "Et **si** ?", anchor="say")

    def beside(document: str, wanted: object, actor: Actor) -> str | None:
        with app.test_request_context(f"/library/{document}/fr/edit?remark={wanted}") as context:
            g.actor = actor
            context.request.view_args = {"document_id": document}
            found = question_beside()
            return str(found.words) if found else None

    assert "<strong>si</strong>" in (beside(PLAY, question, people.writer) or "")
    assert beside(SCRIPT, question, people.writer) is None
    assert beside(PLAY, ids.new(), people.writer) is None
    assert beside(PLAY, "x", people.writer) is None
    assert beside(PLAY, question, people.reader) is None


def test_the_editor_and_the_page_that_publishes_show_it(people: People, client: FlaskClient) -> None:
    question = ask(people.asker, "Et si elle raccroche ?", anchor="say")
    sign_in_as(client, person(people.writer))
    page = client.get(f"/library/{PLAY}/fr/edit?remark={question}")
    assert page.status_code == 200
    assert "Et si elle raccroche" in page.text
    assert "Et si elle raccroche" not in client.get(f"/library/{PLAY}/fr/edit").text


def test_the_question_one_came_from_is_ticked(people: People, app: Flask) -> None:
    chosen, other = ask(people.asker), ask(people.asker)
    with app.test_request_context(f"/library/{PLAY}/fr/edit?remark={chosen}") as context:
        g.actor = people.writer
        context.request.view_args = {"document_id": PLAY}
        assert question_beside() is not None
        assert {each.id: each.is_chosen for each in questions_to_settle()} == {chosen: True, other: False}
