"""The pages of questions: what is shown to whom, in place or as a page, in how many statements."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, insert, select

from app import extensions
from app.accounts.actor import Actor
from app.core import clock, ids
from app.core.database import db
from app.library import catalogue
from app.library.remarks import erasure, moderation
from app.library.remarks.models import Remark
from tests.conftest import NOW
from tests.factories import sign_in_as
from tests.library.remarks.conftest import PLAY, SCRIPT, People, answer, ask, person, row
from tests.library_factories import PLAY_BODY, publish_file, write_play
from tests.queries import counting

IN_PLACE = {"HX-Request": "true"}


@pytest.fixture
def open_as(client: FlaskClient, people: People) -> Callable[[Actor], FlaskClient]:
    def sign_in(actor: Actor) -> FlaskClient:
        sign_in_as(client, person(actor))
        return client

    return sign_in


def fields(**given: object) -> dict[str, object]:
    entry = catalogue.current().find(PLAY, "fr")
    assert entry
    return {"uuid": str(ids.new()), "revision_id": entry.revision_id, "at": "", "text": "Pourquoi ?", **given}


def test_a_play_still_runs_one_statement_and_holds_the_links(
    open_as: Callable[[Actor], FlaskClient], people: People
) -> None:
    client = open_as(people.asker)
    for _ in range(2):
        with counting() as statements:
            page = client.get(f"/plays/{PLAY}")
    assert len(statements) == 1
    assert page.text.count('class="ask"') == 4
    assert f'hx-get="/questions/{PLAY}?at=say"' in page.text
    assert f'hx-get="/questions/{PLAY}" hx-trigger="revealed"' in page.text


@pytest.mark.parametrize(
    ("address", "anchors"),
    [
        (f"/scripts/{SCRIPT}", ("probe", "rephrase", "answer", "check")),
        ("/offers/lumio-atelier", ("characteristics", "limits", "prices", "competitors", "comment-ca-marche")),
        ("/steps/prendre-contact", ()),
    ],
)
def test_scripts_offers_and_steps_take_questions_as_well(
    open_as: Callable[[Actor], FlaskClient], people: People, address: str, anchors: tuple[str, ...]
) -> None:
    client = open_as(people.asker)
    page = client.get(address).text
    document = address.rpartition("/")[2]
    for anchor in anchors:
        assert f'href="/questions/{document}?at={anchor}#ask"' in page
        assert client.get(f"/questions/{document}?at={anchor}", headers=IN_PLACE).status_code == 200
    assert 'id="remarks"' in page


def test_headings_inside_a_block_have_a_link_of_their_own(
    open_as: Callable[[Actor], FlaskClient], people: People, app: Flask, library_files: Path
) -> None:
    body = PLAY_BODY + "\n### Un détail\nLequel.\n"
    publish_file(app, write_play(library_files, library_files / "content/fr/01-prendre-contact", PLAY, body=body))
    page = open_as(people.asker).get(f"/plays/{PLAY}").text
    assert f'href="/questions/{PLAY}?at=un-detail#ask"' in page


def test_asking_without_javascript_leads_to_the_page_with_the_question(
    open_as: Callable[[Actor], FlaskClient], people: People
) -> None:
    client = open_as(people.asker)
    sent = fields(at="say")
    answered = client.post(f"/questions/{PLAY}", data=sent)
    assert (answered.status_code, answered.location) == (303, f"/questions/{PLAY}#remark-{sent['uuid']}")
    page = client.get(f"/questions/{PLAY}").text
    assert "Pourquoi ?" in page.replace("\u202f", " ")
    assert f"/plays/{PLAY}#say" in page
    assert client.post(f"/questions/{PLAY}", data=sent).status_code == 303
    assert db.session.execute(select(func.count()).select_from(Remark)).scalar_one() == 1


def test_asking_in_place_shows_the_question_under_its_heading(
    open_as: Callable[[Actor], FlaskClient], people: People
) -> None:
    client = open_as(people.asker)
    ask(people.reader, "Ailleurs ?", anchor="do")
    part = client.post(f"/questions/{PLAY}", data=fields(at="say", place="heading"), headers=IN_PLACE)
    assert part.status_code == 200
    assert part.headers["Vary"].startswith("HX-Request")
    assert "<html" not in part.text
    assert "Pourquoi" in part.text
    assert "Ailleurs" not in part.text


def test_a_refusal_in_place_is_said_in_the_form(open_as: Callable[[Actor], FlaskClient], people: People) -> None:
    client = open_as(people.asker)
    refused = client.post(f"/questions/{PLAY}", data=fields(text=" "), headers=IN_PLACE)
    assert refused.status_code == 400
    assert refused.headers["HX-Retarget"] == "find .told"
    assert "<html" not in refused.text
    assert client.post(f"/questions/{PLAY}", data=fields(text=" ")).status_code == 400


@pytest.mark.parametrize(
    "wrong",
    [{"uuid": "x"}, {"uuid": ""}, {"revision_id": "x"}, {"revision_id": 10**12}, {"text": "a" * 3_000}, {"at": "?"}],
)
def test_a_form_made_by_hand_is_refused(
    open_as: Callable[[Actor], FlaskClient], people: People, wrong: dict[str, object]
) -> None:
    client = open_as(people.asker)
    assert client.post(f"/questions/{PLAY}", data=fields(**wrong)).status_code == 400
    assert db.session.execute(select(func.count()).select_from(Remark)).scalar_one() == 0


def test_asking_is_throttled(
    open_as: Callable[[Actor], FlaskClient], people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = open_as(people.asker)
    monkeypatch.setattr(extensions.limiter, "enabled", True)
    extensions.limiter.reset()
    codes = [client.post(f"/questions/{PLAY}", data=fields()).status_code for _ in range(21)]
    assert codes == [303] * 20 + [429]
    in_place = client.post(f"/questions/{PLAY}", data=fields(), headers=IN_PLACE)
    assert (in_place.status_code, in_place.headers["HX-Retarget"]) == (429, "find .told")
    extensions.limiter.reset()


def test_a_question_about_a_heading_that_is_gone_says_so(
    open_as: Callable[[Actor], FlaskClient], people: People, app: Flask, library_files: Path
) -> None:
    folder = library_files / "content/fr/01-prendre-contact"
    publish_file(app, write_play(library_files, folder, PLAY, body=PLAY_BODY + "\n### Un détail\nLequel.\n"))
    ask(people.asker, anchor="un-detail")
    client = open_as(people.asker)
    assert "version précédente" not in client.get(f"/questions/{PLAY}").text
    publish_file(app, write_play(library_files, folder, PLAY))
    page = client.get(f"/questions/{PLAY}").text
    assert "version précédente" in page
    assert "Un détail" in page


def test_a_hidden_remark_is_shown_to_its_author_and_moderators_only(
    open_as: Callable[[Actor], FlaskClient], people: People
) -> None:
    question = ask(people.asker, "Le mot de trop")
    given = answer(people.owner, ask(people.reader, "Autre question"), "La réponse de trop")
    moderation.hide(people.writer, PLAY, question)
    moderation.hide(people.writer, PLAY, given)
    seen = {
        name: [
            words in open_as(getattr(people, name)).get(f"/questions/{PLAY}").text
            for words in ("Le mot de trop", "La réponse de trop")
        ]
        for name in ("asker", "owner", "writer", "reader")
    }
    assert seen == {"asker": [True, False], "owner": [True, True], "writer": [True, True], "reader": [False, False]}
    client = open_as(people.reader)
    assert "Le mot de trop" not in client.get(f"/questions/{PLAY}?remark={question}").text
    assert (
        client.post(f"/questions/{PLAY}/{question}/answer", data={"uuid": ids.new(), "text": "Quoi ?"}).status_code
        == 404
    )
    assert client.get(f"/questions/{PLAY}/{question}/change").status_code == 404
    page = open_as(people.asker).get("/questions").text
    assert "Marie Auteure" in page


def test_answering_settling_and_changing_in_place_give_the_conversation_back(
    open_as: Callable[[Actor], FlaskClient], people: People
) -> None:
    question = ask(people.asker)
    client = open_as(people.owner)
    base = f"/questions/{PLAY}/{question}"
    part = client.post(f"{base}/answer", data={"uuid": ids.new(), "text": "Rappelez."}, headers=IN_PLACE)
    assert (part.status_code, "Rappelez." in part.text, "<html" in part.text) == (200, True, False)
    for what in ("resolve", "reopen", "hide", "show"):
        assert client.post(f"{base}/{what}", headers=IN_PLACE).status_code == 200
        assert client.post(f"{base}/{what}").location == f"/questions/{PLAY}?remark={question}#remark-{question}"
    assert client.post(f"{base}/delete").status_code == 404
    assert open_as(people.reader).post(f"{base}/hide", headers=IN_PLACE).status_code == 403


def test_its_author_changes_and_takes_back_by_the_page(open_as: Callable[[Actor], FlaskClient], people: People) -> None:
    question = ask(people.asker)
    client = open_as(people.asker)
    assert "<textarea" in client.get(f"/questions/{PLAY}/{question}/change").text
    client.post(f"/questions/{PLAY}/{question}/change", data={"text": "Et le samedi ?"})
    found = row(question)
    assert found
    assert found.text == "Et le samedi ?"
    assert open_as(people.writer).get(f"/questions/{PLAY}/{question}/change").status_code == 404
    assert open_as(people.asker).post(f"/questions/{PLAY}/{question}/withdraw").status_code == 303
    assert row(question) is None


def test_the_list_for_authors_is_narrowed(open_as: Callable[[Actor], FlaskClient], people: People) -> None:
    waiting, answered, resolved, hidden = (ask(people.asker, f"Question {each}") for each in "abcd")
    ask(people.reader, "Question orpheline", document=SCRIPT)
    answer(people.owner, answered)
    moderation.resolve(people.owner, PLAY, resolved)
    moderation.hide(people.owner, PLAY, hidden)
    client = open_as(people.writer)

    def words(query: str) -> list[str]:
        page = client.get(f"/library/questions{query}").text
        return [
            each
            for each in ("Question a", "Question b", "Question c", "Question d", "Question orpheline")
            if each in page
        ]

    assert words("") == ["Question a", "Question orpheline"]
    assert words("?state=open") == ["Question a", "Question b", "Question orpheline"]
    assert words("?state=resolved") == ["Question c"]
    assert words("?state=hidden") == ["Question d"]
    assert words("?whose=nobody") == ["Question orpheline"]
    assert words("?whose=mine") == []
    assert words("?state=x&whose=y&page=z") == words("")
    assert open_as(people.asker).get("/library/questions").status_code == 403
    assert waiting


def test_an_owner_who_does_not_write_finds_what_to_answer_on_their_page(
    open_as: Callable[[Actor], FlaskClient], people: People
) -> None:
    ask(people.asker, "Pour Paul ?")
    assert "Pour Paul" in open_as(people.owner).get("/questions").text
    assert "Pour Paul" not in open_as(people.reader).get("/questions").text
    assert "Pour Paul" in open_as(people.asker).get("/questions").text


def make_many(people: People, number: int) -> list[UUID]:
    """Questions, every second one with two answers, written at once."""
    entry = catalogue.current().find(PLAY, "fr")
    assert entry
    shared = {"document_id": PLAY, "language": "fr", "revision_id": entry.revision_id, "heading": ""}
    ids_ = [ids.new() for _ in range(number)]
    rows = [
        {
            **shared,
            "id": each,
            "anchor": "say",
            "author_id": people.asker.id,
            "text": f"Question {index} ?",
            "created_at": NOW,
            "parent_id": None,
        }
        for index, each in enumerate(ids_)
    ]
    replies = [
        {
            **shared,
            "id": ids.new(),
            "anchor": "",
            "author_id": people.owner.id,
            "text": "Oui.",
            "created_at": NOW + timedelta(minutes=1),
            "parent_id": each,
        }
        for each in ids_[::2]
        for _ in range(2)
    ]
    db.session.execute(insert(Remark), rows)
    db.session.execute(insert(Remark), replies)
    db.session.commit()
    return ids_


def test_a_thousand_questions_are_leafed_through_in_a_fixed_number_of_statements(
    open_as: Callable[[Actor], FlaskClient], people: People
) -> None:
    addresses = (
        f"/questions/{PLAY}",
        f"/questions/{PLAY}?page=2",
        "/questions",
        "/library/questions",
        "/library/questions?state=open",
    )
    client = open_as(people.writer)
    ask(people.asker)

    def cost(address: str, **headers: str) -> int:
        client.get(address, headers=headers)
        with counting() as statements:
            assert client.get(address, headers=headers).status_code == 200
        return len(statements)

    few = {address: cost(address) for address in addresses}
    part = cost(f"/questions/{PLAY}?at=say", **IN_PLACE)
    make_many(people, 1_000)
    assert {address: cost(address) for address in addresses} == pytest.approx(few, abs=1)
    assert cost(f"/questions/{PLAY}?at=say", **IN_PLACE) <= part + 1
    assert max(few.values()) <= 6
    page = client.get(f"/questions/{PLAY}").text
    assert page.count('<article class="remark') == 20
    assert "page=2" in page
    assert len(page) < 200_000


def test_looking_at_an_answer_is_noted_once(open_as: Callable[[Actor], FlaskClient], people: People) -> None:
    question = ask(people.asker)
    with clock.frozen_at(NOW + timedelta(minutes=1)):
        answer(people.owner, question)
    with clock.frozen_at(NOW + timedelta(minutes=2)):
        open_as(people.reader).get(f"/questions/{PLAY}")
        found = row(question)
        assert found
        assert found.seen_at is None
        open_as(people.asker).get(f"/questions/{PLAY}")
        found = row(question)
        assert found
        assert found.seen_at == NOW + timedelta(minutes=2)


def test_erasing_a_person_empties_their_words_and_leaves_the_answers(
    open_as: Callable[[Actor], FlaskClient], people: People
) -> None:
    question = ask(people.asker, "Des mots à oublier")
    answer(people.owner, question, "Une réponse qui reste")
    assert erasure.erase_words(people.asker.id) == 1
    db.session.commit()
    found = row(question)
    assert found
    assert found.text == ""
    page = open_as(people.writer).get(f"/questions/{PLAY}").text
    assert "oublier" not in page
    assert "Une réponse qui reste" in page
    assert "Propos effacés" in page
    assert open_as(people.writer).get("/library/questions?state=open").status_code == 200


def test_remarks_stay_under_the_name_of_somebody_whose_account_was_closed(
    open_as: Callable[[Actor], FlaskClient], people: People
) -> None:
    ask(people.asker, "Je pars demain")
    person(people.asker).deactivated_at = NOW
    db.session.commit()
    assert "Nadia Belkacem" in open_as(people.reader).get(f"/questions/{PLAY}").text
