"""Questions of a file, brought in by an author in the browser; and taken out again."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.accounts.actor import Role
from app.core import clock
from app.core.database import db
from app.library.authoring import checks, drafts
from app.library.authoring.models import Draft
from app.library.models import Revision
from app.quizzes.exchange import uploads
from app.quizzes.exchange.models import QuestionUpload
from app.quizzes.formats import detecting, yaml_format
from app.quizzes.formats.model import FORMAT_NAMES
from app.quizzes.formats.registry import FORMATS
from tests.attachment_factories import form_with
from tests.conftest import NOW
from tests.factories import make_person, sign_in_as
from tests.queries import counting
from tests.quizzes.conftest import QUIZ, Room

GOOD = "::Prix::Quel prix ?{\n=1 026 €#Oui.\n~1 020 €#Non.\n}\n\nVrai ?{T#Faux.#Vrai.}\n"
BAD = GOOD + "\n::Piège::Deux ?{=a =b ~c}\n\nOuverte {=a\n"
IMPORT, PREVIEW, CREATE = "/quizzes/import", "/quizzes/import/preview", "/quizzes/import/create"


@pytest.fixture
def author(room: Room) -> FlaskClient:
    sign_in_as(room.client, make_person(Role.MANAGER, language="fr"))
    return room.client


def send(client: FlaskClient, content: str | bytes, name: str = "les-prix.gift", **fields: str) -> TestResponse:
    data = content if isinstance(content, bytes) else content.encode()
    more = {"format_name": "", "into": "quiz", "language": "fr", "title": "", "step": "", **fields}
    return client.post(IMPORT, **form_with(data, name, **more))


def upload_id(client: FlaskClient) -> str:
    """The upload of the last file that was sent; where a draft can be made of it, its page names it."""
    found = db.session.execute(select(QuestionUpload.id).order_by(QuestionUpload.at.desc())).scalars().first()
    named = re.search(r'name="upload"[^>]*value="([0-9a-f-]{36})"', client.get(PREVIEW).text)
    assert named is None or named[1] == str(found)
    return str(found)


def create(client: FlaskClient, **fields: str) -> TestResponse:
    return client.post(CREATE, data={"upload": upload_id(client), **fields})


def made(document_id: str = "les-prix", language: str = "fr") -> list[str]:
    draft = drafts.find(document_id, language)
    assert draft is not None
    return [each.key for each in yaml_format.read(draft.source).questions]


def count(table: type) -> int:
    return db.session.execute(select(func.count()).select_from(table)).scalar_one()


def test_a_file_is_shown_question_by_question_before_anything_is_made(author: FlaskClient) -> None:
    answer = send(author, GOOD)
    assert (answer.status_code, answer.location) == (303, PREVIEW)
    page = author.get(PREVIEW).text
    assert "2 questions entreraient" in page
    assert "Une seule bonne réponse" in page
    assert "Vrai ou faux" in page
    assert count(Draft) == 0


def test_a_question_that_loses_its_picture_is_not_said_to_come_in_whole(author: FlaskClient) -> None:
    picture = '&lt;p&gt;Combien ?&lt;/p&gt;&lt;img src="x.png"/&gt;'
    asked = f"<questiontext format='html'><text>{picture}</text></questiontext>"
    answers = "".join(
        f"<answer fraction='{share}'><text>{words}</text></answer>" for share, words in ((100, "5"), (0, "3"))
    )
    name = "<name><text>Garantie</text></name>"
    send(author, f"<quiz><question type='multichoice'>{name}{asked}{answers}</question></quiz>", "a.xml")
    page = author.get(PREVIEW).text
    assert "incomplète" in page
    assert "telle quelle" not in page


def test_the_draft_holds_the_questions_and_can_be_published(author: FlaskClient) -> None:
    revisions = count(Revision)
    send(author, GOOD, step="prendre-contact", title="Les prix")
    answer = create(author)
    assert (answer.status_code, answer.location) == (303, "/library/les-prix/fr")
    assert made() == ["prix", "vrai"]
    draft = drafts.find("les-prix", "fr")
    assert draft is not None
    assert checks.check(draft.path, draft.source, draft.document_id).problems == []
    assert count(Revision) == revisions  # nothing is published


def test_the_same_button_pressed_twice_makes_one_draft(author: FlaskClient) -> None:
    send(author, GOOD)
    upload = upload_id(author)
    first = author.post(CREATE, data={"upload": upload})
    again = author.post(CREATE, data={"upload": upload})
    assert first.location == again.location == "/library/les-prix/fr"
    assert count(Draft) == 1
    send(author, GOOD)  # the same file once more is another thing that was asked for
    assert create(author).location == "/library/les-prix-2/fr"


def test_of_a_file_with_problems_the_good_ones_come_in_only_when_that_was_chosen(author: FlaskClient) -> None:
    send(author, BAD)
    page = author.get(PREVIEW).text
    assert "2 questions entreraient, une ne le peut pas" in page
    assert "une accolade" in page
    assert "2 bonnes options à une question qui n’en admet qu’une" in page
    refused = create(author)
    assert (refused.status_code, count(Draft)) == (400, 0)
    assert "Tout n’entre pas tel quel" in refused.text
    assert create(author, only_good="1").status_code == 303
    assert made() == ["prix", "vrai"]


def test_questions_are_added_to_a_draft_and_what_was_there_stays_as_it_was_written(author: FlaskClient) -> None:
    published = drafts.foreseen(QUIZ, "fr").source.decode()
    send(author, GOOD.replace("::Prix::", "// [id:single]\n::Prix::"), into=f"{QUIZ}/fr")
    assert create(author).location == f"/library/{QUIZ}/fr"
    assert made(QUIZ) == ["single", "multiple", "true-false", "numeric", "short-answer", "single-2", "vrai"]
    draft = drafts.find(QUIZ, "fr")
    assert draft is not None
    assert draft.text.startswith(published.rstrip("\n"))
    assert draft.base_number == 1


def test_somebody_else_s_draft_gets_the_questions_and_keeps_its_own(room: Room, author: FlaskClient) -> None:
    other = make_person(Role.MANAGER)
    draft = drafts.begin_new(other.id, "bank", "", "Réserve", "fr")
    text = draft.text.replace("questions: []", "owner: direction\nquestions: []")
    drafts.save(other.id, draft.id, draft.version, text.encode())
    send(author, GOOD, into="reserve/fr")
    assert create(author).status_code == 303
    after = drafts.find("reserve", "fr")
    assert after is not None
    assert "owner: direction" in after.text
    assert made("reserve") == ["prix", "vrai"]


def test_a_draft_that_cannot_be_read_is_left_alone(room: Room, author: FlaskClient) -> None:
    other = make_person(Role.MANAGER)
    draft = drafts.begin_new(other.id, "bank", "", "Réserve", "fr")
    drafts.save(other.id, draft.id, draft.version, b"id: [")
    send(author, GOOD, into="reserve/fr")
    answer = author.get(PREVIEW)
    assert answer.status_code == 400
    assert "illisible" in answer.text
    after = drafts.find("reserve", "fr")
    assert after is not None
    assert after.source == b"id: ["


def test_a_new_bank_is_called_as_the_category_of_its_questions(author: FlaskClient) -> None:
    send(author, "$CATEGORY: $course$/top/Ventes/Marges\n\n" + GOOD, into="bank")
    assert create(author).location == "/library/marges/fr"
    draft = drafts.find("marges", "fr")
    assert draft is not None
    assert (draft.kind, draft.title) == ("bank", "Marges")


def test_reps_are_refused_and_a_rep_who_may_write_is_not(room: Room) -> None:
    for path in (IMPORT, PREVIEW, f"/quizzes/{QUIZ}/export", f"/quizzes/{QUIZ}/export/gift/file"):
        assert room.client.get(path).status_code == 403
    assert send(room.client, GOOD).status_code == 403
    assert room.client.post(CREATE, data={"upload": str(uuid4())}).status_code == 403
    assert count(QuestionUpload) == 0


def test_nobody_sees_or_uses_the_file_of_somebody_else(room: Room, author: FlaskClient) -> None:
    send(author, GOOD)
    theirs = upload_id(author)
    sign_in_as(room.client, make_person(Role.MANAGER))
    assert room.client.get(PREVIEW).location == IMPORT
    assert room.client.post(CREATE, data={"upload": theirs}).status_code == 409
    send(room.client, "Autre ?{T}")
    assert room.client.post(CREATE, data={"upload": theirs}).status_code == 409
    assert room.client.post(CREATE, data={"upload": "x"}).status_code == 409
    assert count(Draft) == 0


def test_a_file_chosen_since_is_the_one_that_counts(author: FlaskClient) -> None:
    send(author, GOOD)
    earlier = upload_id(author)
    send(author, "Autre ?{T}")
    assert author.post(CREATE, data={"upload": earlier}).status_code == 409
    assert create(author).status_code == 303


def test_files_are_forgotten_after_an_hour_and_when_dropped(
    author: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(author, GOOD)
    upload = upload_id(author)
    author.post("/quizzes/import/drop")
    assert author.get(PREVIEW).location == IMPORT
    send(author, GOOD)
    upload = upload_id(author)
    monkeypatch.setattr(clock, "now", lambda: NOW + uploads.KEPT + timedelta(minutes=1))
    assert author.post(CREATE, data={"upload": upload}).status_code == 409
    uploads.forget_old()
    assert count(QuestionUpload) == 0


@pytest.mark.parametrize(
    ("content", "fields", "what"),
    [
        (b"rien qui ressemble", {}, "aucun format connu"),
        (b"", {}, "aucun format connu"),
        (b"x" * (uploads.LARGEST + 1), {"format_name": "gift"}, "au plus 5"),
        (b"Q{T}", {"format_name": "doc"}, "n’a pas été lu"),
        (b"Q{T}", {"into": "nulle-part/fr"}, "n’a pas été lu"),
        (b"Q{T}", {"language": "xx"}, "n’a pas été lu"),
        (b"Q{T}", {"step": "nulle-part"}, "n’a pas été lu"),
        (b"Q{T}", {"title": "x" * 201}, "200 caractères au plus"),
    ],
)
def test_what_is_no_file_for_this_is_refused(
    author: FlaskClient, content: bytes, fields: dict[str, str], what: str
) -> None:
    answer = send(author, content, **fields)
    assert answer.status_code == 400
    assert what in answer.text
    assert count(QuestionUpload) == 0


def test_a_request_beyond_all_measure_is_cut_off(author: FlaskClient) -> None:
    assert send(author, b"x" * (uploads.LARGEST + 200 * 1024)).status_code == 413
    assert author.post(IMPORT, data={}).status_code == 400


@pytest.mark.parametrize(
    "content",
    [
        b'<?xml version="1.0"?><!DOCTYPE q [<!ENTITY a "x">]><quiz>&a;</quiz>',
        b"PK\x03\x04" + b"\0" * 40,
        b"questions:\n  - &a [x]\n  - *a\n",
        "é".encode("cp850") + b"Q{T}",
        b"Q{=<script>alert(1)</script> ~b#<img src=x onerror=alert(1)>}\n\n::<b>x</b>::Y {=a\n",
    ],
)
def test_hostile_files_are_told_and_nothing_of_them_runs(author: FlaskClient, content: bytes) -> None:
    name = detecting.format_of(content) or "gift"
    assert send(author, content, name="<script>.gift", format_name=name).status_code == 303
    page = author.get(PREVIEW)
    assert page.status_code == 200
    assert "<script>" not in page.text
    assert "<img src=x" not in page.text


def test_more_questions_than_a_quiz_holds_are_no_draft(author: FlaskClient) -> None:
    send(author, "Q ?{T}\n\n" * 201)
    assert "Plus que les 200 questions" in author.get(PREVIEW).text
    assert create(author, only_good="1").status_code == 400
    assert count(Draft) == 0
    send(author, "Q ?{T}\n\n" * 201, into="bank")
    assert create(author).status_code == 303


def test_the_preview_runs_as_many_statements_for_one_question_as_for_many(author: FlaskClient) -> None:
    def statements(content: str) -> int:
        send(author, content)
        author.get(PREVIEW)
        with counting() as found:
            author.get(PREVIEW)
        return len(found)

    assert statements(GOOD) == statements("Q ?{T}\n\n" * 150)


def test_a_quiz_is_taken_out_with_what_each_format_loses_said_before(author: FlaskClient) -> None:
    assert "5 questions\u00a0: dans quel format" in author.get(f"/quizzes/{QUIZ}/export").text
    page = author.get(f"/quizzes/{QUIZ}/export/aiken").text
    assert "Aiken n’a pas de place pour 4 questions" in page
    assert "une question de type «\u00a0nombre\u00a0»" in page
    assert "YAML (Palier) garde tout" in author.get(f"/quizzes/{QUIZ}/export/yaml").text
    assert author.get(f"/quizzes/{QUIZ}/export/doc").status_code == 404
    assert author.get(f"/quizzes/{QUIZ}/export/doc/file").status_code == 404
    assert author.get("/quizzes/rien/export").status_code == 404


@pytest.mark.parametrize("name", FORMAT_NAMES)
def test_what_is_downloaded_is_recognised_and_read_again(author: FlaskClient, name: str) -> None:
    answer = author.get(f"/quizzes/{QUIZ}/export/{name}/file")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f"attachment; filename={QUIZ}-fr{FORMATS[name].suffix}"
    assert detecting.format_of(answer.data) == name
    assert len(FORMATS[name].read(answer.data).questions) == (1 if name == "aiken" else 5)


def test_the_token_is_asked_for_although_the_body_is_large(room: Room, author: FlaskClient) -> None:
    room.app.config["WTF_CSRF_ENABLED"] = True
    assert send(author, GOOD).status_code == 400
    assert count(QuestionUpload) == 0
    token = re.search(r'name="csrf_token" value="([^"]+)"', author.get(IMPORT).text)
    assert token
    assert send(author, GOOD + "\n" + "// x\n" * 700_000, csrf_token=token[1]).status_code == 303


def test_the_library_leads_here(author: FlaskClient) -> None:
    assert f"/quizzes/import?into={QUIZ}/fr" in author.get(f"/library/{QUIZ}/fr").text
    assert "/quizzes/import" in author.get("/library/new").text
    page = author.get(f"{IMPORT}?into={QUIZ}/fr").text
    assert re.search(rf'<option selected value="{QUIZ}/fr">', page)
