"""The pages of statistics: who may see them, from when on, what stands on them, and how many statements they take."""

from typing import Any

import pytest
from flask import g
from flask.testing import FlaskClient

from app.accounts.actor import Role
from app.core.database import db
from app.library import catalogue
from app.quizzes.models import Answer, Attempt
from app.quizzes.statistics import recorded_marks
from tests.factories import make_person, sign_in_as
from tests.library_factories import questions, sync_library, write_bank, write_step
from tests.queries import counting
from tests.quizzes.conftest import QUIZ, Room
from tests.quizzes.recorded import ALL_RIGHT, ALL_WRONG, Chosen, record

HERE = f"/quizzes/{QUIZ}/statistics"


@pytest.fixture
def author(room: Room) -> FlaskClient:
    """A manager's browser, in English."""
    client = room.app.test_client()
    sign_in_as(client, make_person(Role.MANAGER, name="Ada Lemoine", language="en"))
    return client


def some(right: int, wrong: int) -> None:
    for place in range(right + wrong):
        record(QUIZ, ALL_RIGHT if place < right else ALL_WRONG)


def text(client: FlaskClient, path: str = HERE) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.get_data(as_text=True)


def test_reps_are_told_that_their_role_is_too_small(room: Room) -> None:
    for path in (HERE, f"{HERE}/single"):
        assert room.client.get(path).status_code == 403


def test_a_rep_who_writes_may_see_them_and_meets_no_name(room: Room) -> None:
    some(6, 6)
    writer = room.app.test_client()
    sign_in_as(writer, make_person(writes=True))
    page = text(writer)
    assert "12 tentatives" in page
    assert "Personne " not in page.partition("<main")[2].replace("Personne ne", "")


def test_below_ten_attempts_it_says_how_many_are_missing(room: Room, author: FlaskClient) -> None:
    some(4, 5)
    for path in (HERE, f"{HERE}/single"):
        page = text(author, path)
        assert "Not enough data: 9 attempts, and it takes 10" in page
        assert "1 more attempt is needed" in page
        assert "<canvas" not in page
        assert "Who replied what" not in page
        assert "Discrimination index" not in page


def test_the_title_says_how_many_attempts_and_what_to_look_at(room: Room, author: FlaskClient) -> None:
    for place in range(30):
        turned = {"single": Chosen(frozenset({1 if place < 15 else 0}))}
        record(QUIZ, {**(ALL_RIGHT if place < 15 else ALL_WRONG), **turned})
    page = text(author)
    assert "questions to look at, say 30 attempts" in page
    assert "The good ones get this wrong: check the key" in page
    assert "The good ones prefer B, which is wrong: check the key" in page
    assert f"/library/{QUIZ}/fr/fields#questions-0-title" in page
    assert f'href="{HERE}/single"' in page
    assert "The same figures as a table" in page


def test_the_field_that_a_flag_leads_to_is_there(room: Room, author: FlaskClient) -> None:
    assert 'id="questions-0-title"' in text(author, f"/library/{QUIZ}/fr/fields")


def test_who_replied_what_by_thirds(room: Room, author: FlaskClient) -> None:
    some(10, 20)
    found = recorded_marks.of(QUIZ)
    assert found
    right, wrong = found.counts["single"].tallies
    assert (found.counts["single"].asked, right.thirds, wrong.thirds) == ((20, 0, 10), (0, 0, 10), (20, 0, 0))
    page = text(author, f"{HERE}/single")
    assert "Of 30 attempts: 20 in the lower third, 0 in the middle one, 10 in the upper one." in page
    assert "1 026 €" in page.replace("\u202f", " ").replace("\xa0", " ")
    assert "Over 30 attempts" in page
    for key in ("multiple", "true-false", "numeric", "short-answer"):
        text(author, f"{HERE}/{key}")


def test_best_attempts_when_asked_for(room: Room, author: FlaskClient) -> None:
    for _ in range(10):
        somebody = make_person()
        record(QUIZ, ALL_WRONG, by=somebody)
        record(QUIZ, ALL_RIGHT, by=somebody)
    first, best = recorded_marks.of(QUIZ), recorded_marks.of(QUIZ, which="best")
    assert first
    assert best
    assert (sum(first.marks.totals), sum(best.marks.totals)) == (0, 50)
    assert "the best one" in text(author, HERE + "?attempts=best")


def test_a_corrected_question_stands_beside_what_it_was(room: Room, author: FlaskClient) -> None:
    some(6, 6)
    room.publish(questions=[{**each, "answer": False} if each["key"] == "true-false" else each for each in questions()])
    some(4, 7)
    page = text(author, f"{HERE}/true-false")
    assert "version 2" in page
    assert "version 1" in page
    assert "asked otherwise" in page
    assert "12 attempts asked something else and are left out." in text(author)
    assert "12 attempts" in text(author, HERE + "?revision=1")
    assert author.get(HERE + "?revision=9").status_code == 404


def test_other_words_around_make_no_other_version(room: Room, author: FlaskClient) -> None:
    some(6, 6)
    room.publish(title="Défendre le prix, autrement dit")
    assert "12 attempts" in text(author)
    assert "From one version to the next" not in text(author, f"{HERE}/single")


def test_a_regraded_attempt_counts_as_it_was_graded_again(room: Room) -> None:
    some(0, 10)
    for attempt in db.session.query(Attempt):
        attempt.revised_mark, attempt.revised_maximum, attempt.revised_passed = "1", "5", False
        attempt.revised_revision_id = attempt.revision_id
    for answer in db.session.query(Answer).filter_by(question_key="single"):
        answer.revised_mark = "1"
    db.session.commit()
    found = recorded_marks.of(QUIZ)
    assert found
    assert list(found.marks.columns["single"]) == [1] * 10
    assert list(found.marks.columns["multiple"]) == [0] * 10  # nothing was changed there


def test_what_is_not_scored_yet_does_not_count(room: Room) -> None:
    some(5, 6)
    waiting = db.session.query(Attempt).first()
    assert waiting
    waiting.mark = waiting.maximum = waiting.passed = None
    db.session.commit()
    found = recorded_marks.of(QUIZ)
    assert found
    assert found.marks.attempts == 10


@pytest.mark.parametrize(
    "query",
    [
        "attempts=best%27%20OR%201=1",
        "attempts=" + "x" * 5000,
        "attempts[]=best",
        "revision=-1",
        "revision=1e9",
        "revision=٣",
        "revision=" + "9" * 400,
        "revision=%00",
        "revision=<script>alert(1)</script>",
        "attempts=%ff&revision=%ff",
    ],
)
def test_hostile_queries_show_the_page_as_it_is(room: Room, author: FlaskClient, query: str) -> None:
    some(6, 6)
    page = text(author, f"{HERE}?{query}")
    assert "12 attempts" in page
    assert "<script>alert" not in page
    text(author, f"{HERE}/single?{query}")


@pytest.mark.parametrize("path", ["/quizzes/no-such-quiz/statistics", f"{HERE}/no-such-question", f"{HERE}/a/b/c/d"])
def test_what_is_not_there_is_not_found(room: Room, author: FlaskClient, path: str) -> None:
    assert author.get(path).status_code == 404


def test_hostile_words_of_people_stay_words(room: Room, author: FlaskClient) -> None:
    from app.quizzes.replies import Typed

    for place in range(12):
        bad = {"short-answer": Typed("</script><img src=x onerror=alert(1)>'\"")}
        record(QUIZ, {**(ALL_RIGHT if place < 5 else ALL_WRONG), **bad})
    page = text(author, f"{HERE}/short-answer")
    assert "<img src=x" not in page
    assert "onerror=alert(1)&gt;" in page


@pytest.mark.parametrize("path", [HERE, f"{HERE}/single", "/library/health"])
def test_the_number_of_statements_does_not_grow_with_attempts(room: Room, author: FlaskClient, path: str) -> None:
    def statements() -> int:
        g.pop("catalogue", None)
        db.session.rollback()
        with counting() as seen:
            text(author, path)
        return len(seen)

    some(6, 6)
    text(author, path)
    few = statements()
    some(9, 11)
    if path == "/library/health":
        statements()  # a new result is looked at once
    assert statements() == few


def test_authors_find_the_way_to_them(room: Room, author: FlaskClient) -> None:
    for path in (f"/quizzes/{QUIZ}", f"/library/{QUIZ}/fr"):
        assert HERE in text(author, path)
    assert HERE not in text(room.client, f"/quizzes/{QUIZ}")


def test_the_health_of_the_library_names_the_questions_that_are_flagged(room: Room, author: FlaskClient) -> None:
    some(5, 4)
    assert "Quiz questions that do not do their work" not in text(author, "/library/health")
    for place in range(20):
        turned = {"single": Chosen(frozenset({1 if place < 10 else 0}))}
        record(QUIZ, {**(ALL_RIGHT if place < 10 else ALL_WRONG), **turned})
    page = text(author, "/library/health")
    assert "Quiz questions that do not do their work" in page
    assert f"/library/{QUIZ}/fr/fields#questions-0-title" in page
    assert f"{HERE}/single" in page


def drawing(room: Room, points: int = 1) -> dict[str, Any]:
    """A quiz that draws two of a bank's five questions; returns the bank's revision."""
    write_step(room.files)
    bank = [{**each, "points": points if each["key"] == "single" else 1} for each in questions()]
    write_bank(room.files, questions=bank)
    room.publish(
        questions=[questions()[2]],
        sections=[
            {"title": "À soi", "tags": []},
            {"title": "Tiré", "bank": "banque-prix", "draw": 2},
        ],
    )
    sync_library(room.app)
    return {"banque-prix": catalogue.current().get("banque-prix", "fr", "bank").revision_id}


def draw(sources: dict[str, Any], places: range) -> None:
    pairs = [("single", "multiple"), ("single", "numeric"), ("multiple", "numeric")]
    for place in places:
        drawn = [f"banque-prix/{key}" for key in pairs[place % 3]]
        replies = ALL_RIGHT if place % 2 else ALL_WRONG
        given = {"true-false": replies["true-false"], **{key: replies[key.partition("/")[2]] for key in drawn}}
        record(QUIZ, given, sheet={"sources": sources, "questions": ["true-false", *drawn]})


def test_drawn_questions_count_where_they_were_asked(room: Room, author: FlaskClient) -> None:
    draw(drawing(room), range(30))
    found = recorded_marks.of(QUIZ)
    assert found
    assert found.is_drawn
    assert found.asked == dict.fromkeys(["true-false"], 30) | {
        f"banque-prix/{key}": 20 for key in ("single", "multiple", "numeric")
    }
    assert sum(found.counts["banque-prix/single"].asked) == 20
    page = text(author)
    assert "Each attempt draws its questions" in page
    assert "/library/banque-prix/fr/fields#questions-0-title" in text(author, f"{HERE}/banque-prix/single")


def test_a_bank_question_that_was_corrected_counts_only_as_it_is_now(room: Room, author: FlaskClient) -> None:
    sources = drawing(room)
    draw(sources, range(12))
    changed = [{**each, "text": "Autre chose ?"} if each["key"] == "single" else each for each in questions()]
    write_bank(room.files, questions=changed)
    sync_library(room.app)
    g.pop("catalogue", None)
    now = {"banque-prix": catalogue.current().get("banque-prix", "fr", "bank").revision_id}
    assert now != sources
    draw(now, range(30))
    found = recorded_marks.of(QUIZ)
    assert found
    assert (found.asked["banque-prix/single"], found.asked["banque-prix/numeric"]) == (20, 28)
    assert found.marks.attempts == 42


def test_attempts_that_are_worth_different_points_are_said_not_to_compare(room: Room, author: FlaskClient) -> None:
    draw(drawing(room, points=3), range(30))
    page = text(author)
    assert "Attempts are worth different numbers of points" in page
    assert "The quiz as a whole" not in page


def test_a_shuffled_quiz_is_the_same_quiz(room: Room) -> None:
    keys = list(ALL_RIGHT)
    for place in range(12):
        turned = keys[place % 5 :] + keys[: place % 5]
        record(QUIZ, ALL_RIGHT if place % 2 else ALL_WRONG, sheet={"sources": {}, "questions": turned})
    found = recorded_marks.of(QUIZ)
    assert found
    assert (found.marks.attempts, found.is_drawn, list(found.marks.columns)) == (12, False, keys)


def test_the_command_counts_replies_and_keeps_its_document(room: Room) -> None:
    import json

    some(6, 6)
    runner = room.app.test_cli_runner()
    shown = json.loads(runner.invoke(args=["quiz", "stats", QUIZ, "--question", "single", "--json"]).stdout)
    assert (shown["question"], shown["attempts"], shown["thirds"]) == ("single", 12, [6, 0, 6])
    assert [answer["thirds"] for answer in shown["answers"]] == [[0, 0, 6], [6, 0, 0]]
    whole = json.loads(runner.invoke(args=["quiz", "stats", QUIZ, "--json"]).stdout)
    assert list(whole) == ["attempts", "questions", "quiz"]
    assert runner.invoke(args=["quiz", "stats", QUIZ, "--question", "nothing"]).exit_code == 1
    assert "[6, 0, 6]" in runner.invoke(args=["quiz", "stats", QUIZ, "--question", "single"]).stdout
