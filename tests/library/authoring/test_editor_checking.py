"""What the editor is told as one types: mistakes with their lines, the page, who else is there."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.actor import Role
from app.accounts.models import Person
from app.library.authoring import drafts
from tests.factories import make_member, sign_in_as
from tests.library_factories import PLAY_BODY, front_matter, sync_library, write_small_library
from tests.pace import turns
from tests.queries import counting

PLAY = "/library/passer-le-standard/fr"


@pytest.fixture
def author(app: Flask, client: FlaskClient, library_files: Path) -> Person:
    write_small_library(library_files)
    sync_library(app)
    person = make_member(Role.MANAGER, name="Camille Martin")
    sign_in_as(client, person)
    return person


def play(body: str = PLAY_BODY, **front: Any) -> str:
    given = {"id": "passer-le-standard", "title": "Passer", "order": 1, "summary": "Sans ruse.", **front}
    return front_matter(given, body)


def check(client: FlaskClient, source: str, **more: Any) -> dict[str, Any]:
    answer = client.post(f"{PLAY}/check", json={"source": source, **more})
    assert answer.status_code == 200, answer.text
    return dict(answer.json)


def test_a_good_text_has_no_problem_and_a_preview(client: FlaskClient, author: Person) -> None:
    answer = check(client, play(title="Un titre neuf"))
    assert answer["problems"] == []
    assert "Un titre neuf" in answer["preview"]
    assert not answer["rough"]


def test_a_problem_comes_with_its_line(client: FlaskClient, author: Person) -> None:
    text = play(PLAY_BODY.replace("Ce qu’il faut savoir.", "Voir [rien](play:nulle-part)."))
    (problem,) = check(client, text)["problems"]
    assert text.split("\n")[problem["line"] - 1] == "Voir [rien](play:nulle-part)."
    assert "nulle-part" in problem["what"]


def test_a_text_with_mistakes_is_still_shown(client: FlaskClient, author: Person) -> None:
    answer = check(client, play(PLAY_BODY.replace("{.show}", "")))
    assert answer["problems"]
    assert "Le relevé de consommation." in answer["preview"]
    assert not answer["rough"]


def test_an_unreadable_front_matter_shows_the_text_alone(client: FlaskClient, author: Person) -> None:
    answer = check(client, play(order="premier"))
    assert answer["rough"]
    assert "Le relevé de consommation." in answer["preview"]


def test_nothing_readable_is_said_and_the_page_keeps_what_it_showed(client: FlaskClient, author: Person) -> None:
    answer = check(client, "---\nid: [")
    assert answer["problems"]
    assert answer["preview"] is None


def test_the_id_stays(client: FlaskClient, author: Person) -> None:
    problems = check(client, play(id="un-autre-id"))["problems"]
    assert [each["line"] for each in problems if "un-autre-id" in each["what"]] == [2]


def test_marks_of_a_merge_are_mistakes(client: FlaskClient, author: Person) -> None:
    answer = check(client, play(PLAY_BODY + "\n<<<<<<<\nun\n=======\ndeux\n>>>>>>>\n"))
    assert len(answer["problems"]) >= 3


def test_checking_writes_nothing(client: FlaskClient, author: Person) -> None:
    with counting() as statements:
        check(client, play())
    assert [each for each in statements if not each.lstrip().upper().startswith(("SELECT", "PRAGMA"))] == []
    assert drafts.find("passer-le-standard", "fr") is None


def test_whoever_is_there_is_named_to_the_others(app: Flask, client: FlaskClient, author: Person) -> None:
    draft = drafts.begin(author.id, "passer-le-standard", "fr")
    other = make_member(Role.MANAGER, name="Nadia Belkacem")
    drafts.seen(other.id, draft.id)
    answer = check(client, play(), present=True)
    assert "Nadia Belkacem" in answer["others"]
    assert "Camille" not in answer["others"]
    assert {each.name for each in drafts.readers_of(draft.id)} == {"Camille Martin", "Nadia Belkacem"}
    assert "others" not in check(client, play())


def test_two_texts_are_compared_on_request(client: FlaskClient, author: Person) -> None:
    answer = check(client, play(title="Deux"), against=play(title="Un"))
    assert '<del class="was">Un</del>' in answer["difference"]


def test_hostile_markup_is_clean_in_the_preview(client: FlaskClient, author: Person) -> None:
    hostile = '<img src=x onerror=alert(1)> [x](javascript:alert(1)) <a href="x" onclick="y">z</a> <form><button>'
    preview = check(client, play(PLAY_BODY + f"\n{hostile}\n"))["preview"]
    for word in ("onerror", "javascript:", "onclick", "<form", "<button"):
        assert word not in preview


def test_without_script_the_page_comes_back_with_the_text_as_typed(client: FlaskClient, author: Person) -> None:
    fields = {"source": play(title="Pas encore enregistré"), "version": "0", "base": "1"}
    page = client.post(f"{PLAY}/check", data=fields)
    assert page.status_code == 200
    assert page.text.count("Pas encore enregistré") >= 2  # in the field and in the preview
    assert 'name="base" value="1"' in page.text
    assert drafts.find("passer-le-standard", "fr") is None


BOMBS = {
    "brackets": "[" * 60_000,
    "quotations": "\n".join(">" * 60 + " x" for _ in range(800)),
    "emphasis": "*a **b _c __d " * 4_000,
    "tables": "\n".join("|" * 200 for _ in range(300)),
    "footnotes": "\n".join(f"[^{n}]: x" for n in range(4_000)),
    "headings": "\n".join(f"## h{n} {{.know}}" for n in range(4_000)),
    "tags": "<b>" * 20_000,
    "line": "x" * 300_000,
    "definitions": "a\n: b\n" * 8_000,
    "code": "```\n" * 15_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_text_made_to_be_slow_is_answered_in_bounded_time(client: FlaskClient, author: Person, name: str) -> None:
    assert turns(lambda: check(client, play(PLAY_BODY + "\n" + BOMBS[name]))) < 200


def test_a_yaml_made_to_be_slow_is_answered_in_bounded_time(client: FlaskClient, author: Person) -> None:
    for bomb in ("a: " + "[" * 5_000, "".join(f"k{n}: 1\n" for n in range(30_000)), "- " * 20_000):
        assert turns(partial(client.post, "/library/quiz-prix/fr/check", json={"source": bomb})) < 800


def test_a_long_play_is_checked_and_shown_quickly(client: FlaskClient, author: Person) -> None:
    filler = "\n\n".join(
        "Un paragraphe **ordinaire** qui parle d’éclairage, de prix et d’un [site](https://e.org)." for _ in range(110)
    )
    text = play(PLAY_BODY.replace("Ce qu’il faut savoir.", filler))
    assert len(text.encode()) > 10_000
    check(client, text)
    assert turns(lambda: check(client, text), runs=7) < 6
