"""One page finds everything a person may read: by passage, narrowed by kind, step and offer, as one types or not."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.library.analysis import terms_of
from tests.factories import make_person, sign_in_as
from tests.library_factories import (
    PLAY_BODY,
    SCRIPT_BODY,
    sync_library,
    write_offer,
    write_play,
    write_script,
    write_small_library,
    write_step,
    write_text,
    yaml_of,
)
from tests.queries import counting

HTMX = {"HX-Request": "true"}
TERMS = [
    {"term": "Devis", "definition": "Offre chiffrée et datée.", "synonyms": ["proposition commerciale"]},
    {"term": "MESORE", "definition": "Meilleure solution de rechange.", "abbreviation": True, "synonyms": ["BATNA"]},
]


def write_terms(root: Path, terms: list[dict[str, object]]) -> None:
    write_text(root, "content/fr/glossaire.yaml", yaml_of({"id": "glossaire", "title": "Glossaire", "terms": terms}))


@pytest.fixture(autouse=True)
def library(app: Flask, library_files: Path) -> Path:
    folder = write_small_library(library_files)
    write_step(library_files, "conclure", 2, title="Conclure la vente")
    write_terms(library_files, TERMS)
    write_play(
        library_files,
        folder,
        "remettre",
        title="Remettre un devis",
        order=2,
        body=PLAY_BODY.replace("Le relevé", "Les acheteurs achètent une négociation : le relevé"),
    )
    write_script(
        library_files,
        "reflechir",
        "Laissez-moi réfléchir",
        variants=[],
        steps=["conclure"],
        body=SCRIPT_BODY.replace("58 %", "« la proposition », 58 %"),
    )
    sync_library(app)
    return library_files


@pytest.fixture
def reader(client: FlaskClient) -> FlaskClient:
    sign_in_as(client, make_person())
    return client


def found(page: str) -> list[str]:
    """The pages that the results lead to, in order."""
    results = page.partition('<ol class="found">')[2].partition("</ol>")[0]
    return [each.partition('"')[0] for each in results.split('<h2 lang="fr"><a href="')[1:]]


def test_everything_is_found_and_each_result_leads_to_its_passage(reader: FlaskClient) -> None:
    page = reader.get("/search?q=negociations").text

    assert found(page) == ["/plays/remettre"]
    assert 'class="snippet" href="/plays/remettre#show"' in page
    assert "<b>Montrer</b>" in page
    assert "<mark>négociation</mark>" in page


def test_a_term_of_the_glossary_is_a_result_of_its_own(reader: FlaskClient) -> None:
    page = reader.get("/search?q=mesore").text

    assert found(page) == ["/glossary#mesore"]
    assert "<mark>MESORE</mark>" in page
    assert 'id="mesore"' in reader.get("/glossary").text


def test_a_quiz_is_found_by_its_title_and_by_nothing_else(reader: FlaskClient, library: Path, app: Flask) -> None:
    text = next(library.glob("quizzes/fr/*.yaml")).read_text()
    assert "feedback" in text
    title = text.partition("title: ")[2].partition("\n")[0]

    assert any(each.startswith("/quizzes/") for each in found(reader.get(f"/search?q={title}").text))
    for word in ("feedback", "question", "bonne", "réponse"):
        assert not any(each.startswith("/quizzes/") for each in found(reader.get(f"/search?q={word}&kind=quiz").text))


def test_htmx_gets_the_middle_and_the_count(reader: FlaskClient) -> None:
    answer = reader.get("/search?q=devis", headers=HTMX)

    assert "<!doctype html>" not in answer.text
    assert '<p id="search-count" hx-swap-oob="innerHTML">' in answer.text
    assert "HX-Request" in answer.headers["Vary"]
    assert "/search/vain" not in reader.get("/search?q=licorne", headers=HTMX).text


def test_going_back_in_history_gets_the_whole_page(reader: FlaskClient) -> None:
    assert "<!doctype html>" in reader.get("/search?q=x", headers={**HTMX, "HX-History-Restore-Request": "true"}).text


def test_filters_combine_and_keep_each_other_in_the_address(reader: FlaskClient) -> None:
    whole = reader.get("/search?q=acheteurs+question").text
    page = reader.get("/search?q=question&kind=script&step=conclure").text

    assert found(page) == ["/scripts/reflechir"]
    assert 'href="/search?q=question&amp;kind=script"' in page
    assert 'href="/search?q=question&amp;step=conclure"' in page
    assert '<input type="hidden" name="step" value="conclure">' in page
    assert whole


def test_a_filter_says_how_many_it_would_show_beside_the_others(reader: FlaskClient) -> None:
    page = reader.get("/search?q=question&step=conclure").text

    assert 'href="/search?q=question&amp;kind=script&amp;step=conclure">Scripts<span class="num">1</span>' in page


def test_what_the_filters_hide_is_said_with_the_way_to_it(reader: FlaskClient) -> None:
    page = reader.get("/search?q=negociations&kind=script").text

    assert "1 résultat si vous les retirez." in page
    assert 'href="/search?q=negociations"' in page


def test_a_step_holds_its_plays_and_scripts_and_an_offer_what_links_to_it(reader: FlaskClient) -> None:
    assert found(reader.get("/search?step=conclure").text) == ["/steps/conclure", "/scripts/reflechir"]
    assert set(found(reader.get("/search?offer=lumio-atelier").text)) == {"/offers/lumio-atelier", "/scripts/trop-cher"}


@pytest.mark.parametrize(
    "query", ["kind=poem", "step=nulle-part", "offer=x", "kind=" + "x" * 3000, "step=%00", "kind=categories"]
)
def test_an_unknown_filter_is_not_found(reader: FlaskClient, query: str) -> None:
    assert reader.get(f"/search?{query}").status_code == 404


@pytest.mark.parametrize(
    "typed",
    [
        *"\"*:'()-^&|!<>\\%_",
        "AND",
        "NEAR(",
        "headline:cher",
        "cher'; DROP TABLE pin; --",
        "\x00",
        "🙂",
        "۱۲",
        "a " * 60,
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_whatever_is_typed_the_page_answers(reader: FlaskClient, typed: str, headers: dict[str, str]) -> None:
    assert reader.get("/search", query_string={"q": typed}, headers=headers).status_code == 200


def test_what_is_typed_and_what_authors_wrote_is_escaped(app: Flask, reader: FlaskClient, library: Path) -> None:
    write_script(library, "piege", "Un <img src=x> & un piège", body=SCRIPT_BODY)
    sync_library(app)

    page = reader.get('/search?q="><script>alert(1)</script> piege').text

    assert "<script>alert" not in page
    assert "<img" not in page


def test_a_typing_mistake_is_mended_and_it_is_said(reader: FlaskClient) -> None:
    page = reader.get("/search?q=négosiation").text

    assert "Rien ne s’écrit «\u00a0négosiation\u00a0». Vouliez-vous dire" in page
    assert '<a href="/search?q=n%C3%A9gociation">négociation</a>' in page
    assert found(page) == ["/plays/remettre"]


@pytest.mark.parametrize("typed", ["negociaton", "negocciation", "neogciation", "negociatoin", "netociation"])
def test_a_letter_missing_doubled_moved_or_changed_is_mended(reader: FlaskClient, typed: str) -> None:
    assert found(reader.get(f"/search?q={typed}+").text) == ["/plays/remettre"]


@pytest.mark.parametrize("typed", ["cer ", "devi ", "1026 ", "licorne "])
def test_short_words_numbers_and_words_like_no_other_are_left_alone(reader: FlaskClient, typed: str) -> None:
    assert "Vouliez-vous dire" not in reader.get("/search", query_string={"q": typed.replace("devi ", "dev ")}).text


def test_a_word_that_exists_is_never_mended(app: Flask, reader: FlaskClient, library: Path) -> None:
    write_script(library, "negotiation", "Une négosiation", variants=[])
    sync_library(app)

    page = reader.get("/search?q=négosiation").text

    assert found(page) == ["/scripts/negotiation"]
    assert "Vouliez-vous dire" not in page


def test_a_publication_changes_what_mistakes_are_mended_to(app: Flask, reader: FlaskClient, library: Path) -> None:
    assert found(reader.get("/search?q=photovoltaik+").text) == []
    write_offer(library, "solaire", summary="Du photovoltaique sur le toit.")
    sync_library(app)
    assert found(reader.get("/search?q=photovoltaik+").text) == []
    assert found(reader.get("/search?q=photovoltaiqe+").text) == ["/offers/solaire"]
    (library / "content/fr/offres/solaire.md").unlink()
    sync_library(app)
    assert found(reader.get("/search?q=photovoltaiqe+").text) == []


def test_a_synonym_is_found_after_the_very_words_and_in_both_directions(
    reader: FlaskClient, app: Flask, library: Path
) -> None:
    write_script(library, "proposition", "Votre proposition est commerciale", variants=[])
    sync_library(app)

    assert found(reader.get("/search?q=proposition+commerciale").text) == [
        "/scripts/proposition",
        "/glossary#devis",
        "/plays/remettre",
    ]
    assert found(reader.get("/search?q=devis").text)[-1] == "/scripts/proposition"


def test_a_synonym_of_several_words_matches_as_all_of_them(reader: FlaskClient) -> None:
    """A script that says “la proposition” alone is no devis."""
    assert "/scripts/reflechir" not in found(reader.get("/search?q=devis").text)


def test_authors_change_synonyms_by_publishing_the_glossary(app: Flask, reader: FlaskClient, library: Path) -> None:
    assert "/plays/remettre" not in found(reader.get("/search?q=bordereau").text)
    write_terms(library, [{**TERMS[0], "synonyms": ["bordereau"]}, TERMS[1]])
    sync_library(app)
    assert "/plays/remettre" in found(reader.get("/search?q=bordereau").text)
    assert "/scripts/proposition" not in found(reader.get("/search?q=devis").text)


def test_a_verb_is_found_by_its_third_person_plural(reader: FlaskClient) -> None:
    assert terms_of("achètent", "fr")[1] == terms_of("acheter", "fr")[1]  # type: ignore[index]
    assert found(reader.get("/search?q=acheter+").text) == ["/plays/remettre"]


def test_what_is_marked_is_the_word_without_its_punctuation(app: Flask, reader: FlaskClient, library: Path) -> None:
    write_script(library, "ponctue", "Le bureau (d’étude), voyons", variants=[])
    sync_library(app)

    assert "(d’<mark>étude</mark>), voyons" in reader.get("/search?q=etud").text


def test_nothing_typed_says_what_can_be_searched(reader: FlaskClient) -> None:
    page = reader.get("/search").text

    assert "Que cherchez-vous" in page
    assert 'href="/scripts"' in page
    assert "/search/vain" not in page


def test_nothing_found_offers_what_to_do_next(reader: FlaskClient) -> None:
    page = reader.get("/search?q=licorne").text

    assert "Aucun texte ne contient ces mots" in page
    assert 'action="/search/vain"' in page


def test_the_number_of_statements_does_not_grow(app: Flask, reader: FlaskClient, library: Path) -> None:
    few = statements(reader)
    for number in range(30):
        write_script(library, f"script-{number}", f"Ce devis numéro {number}", steps=["conclure"])
    sync_library(app)
    assert statements(reader) == few <= 6


def statements(reader: FlaskClient) -> int:
    reader.get("/search?q=devis")
    with counting() as counted:
        assert reader.get("/search?q=devis").status_code == 200
    return len(counted)
