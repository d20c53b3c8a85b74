"""Search forgives accents, elisions, plurals and compounds, shows why, and takes any text as words."""

from pathlib import Path

import pytest
from flask import Flask, g
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.library import analysis
from app.library.analysis import fold, parse_query, terms_of, together, words_of
from app.library.search import Fragment, Hit, Results, search
from tests.library_factories import (
    PLAY_BODY,
    SCRIPT_BODY,
    sync_library,
    write_categories,
    write_offer,
    write_play,
    write_script,
    write_step,
)
from tests.queries import counting


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Négociation", "negociation"),
        ("l’offre", "offre"),
        ("L'offre", "offre"),
        ("qu’il", "il"),
        ("jusqu’à", "a"),
        ("aujourd’hui", "aujourdhui"),
        ("aujourd'hui", "aujourdhui"),
        ("d’aujourd’hui", "aujourdhui"),
        ("client’s", "clients"),
        ("Cœur", "coeur"),
        ("œuvre", "oeuvre"),
        ("Æthelred", "aethelred"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("ﬁche", "fiche"),
        ("1 026,50".replace(" ", "\u202f"), "1026.50"),
        ("B2B", "b2b"),
        ("e\u0301te\u0301", "ete"),
        ("½", "12"),
        ("ﷺ", "صلىاللهعليهوسلم"),
    ],
)
def test_a_word_is_folded_to_what_people_type(word: str, folded: str) -> None:
    assert fold(word) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("négociation", "negociations"),
        ("remise", "remises"),
        ("relancer", "relance"),
        ("conclure", "conclura"),
        ("cher", "chère"),
        ("garantit", "garantie"),
        ("éclairage", "eclairages"),
        ("client", "clients"),
        ("acheter", "achetez"),
    ],
)
def test_forms_of_a_french_word_have_one_stem(one: str, other: str) -> None:
    assert terms_of(one, "fr")[1] == terms_of(other, "fr")[1]  # type: ignore[index]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("  Un  mot\n« deux »\u00a0: ", ["Un", "mot", "«", "deux", "»", ":"]),
        ("rendez-vous", ["rendez-", "\u2060vous"]),
        ("(prix/qualité), etc.", ["(prix/", "\u2060qualité),", "etc."]),
        ("à 1 200 € HT", ["à", "1\u202f200", "€", "HT"]),
        ("1\u202f200\u202f€", ["1\u202f200\u202f€"]),
        ("en 2024 350 clients", ["en", "2024", "350", "clients"]),
        ("a@b.fr", ["a@", "\u2060b.", "\u2060fr"]),
        ("un_deux", ["un_", "\u2060deux"]),
        ("", []),
    ],
)
def test_a_text_is_parted_into_words_that_can_be_shown_again(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@given(st.text(alphabet="ab1 0-’'.,/_@«»é\u202f\n", max_size=40))
def test_words_brought_together_are_the_text(text: str) -> None:
    shown = together(" ".join(words_of(text)))
    assert shown.replace("\u202f", " ").split() == text.replace("\u202f", " ").split()


@given(st.text(max_size=60), st.sampled_from(["fr", "en", "de"]))
def test_no_term_can_be_taken_for_two_or_for_a_command(text: str, language: str) -> None:
    terms = [term for word in words_of(text) if (term := terms_of(word, language))]
    query = parse_query(text, language)
    for written in [*(form for term in terms for form in term), *query.words, *query.stems, *query.other_stems]:
        assert written
        assert all(each.isalnum() or each == "." for each in written)


@pytest.fixture
def root(app: Flask, library_files: Path) -> Path:
    folder = write_step(library_files)
    write_categories(library_files)
    write_script(library_files)
    write_script(library_files, id="en-reunion", title="Il est en réunion", variants=[])
    write_script(
        library_files,
        id="rendez-vous",
        title="Pas de rendez-vous",
        variants=["Jamais aujourd’hui", "À 1 200 €, non"],
        body=SCRIPT_BODY.replace("58 %", "dans le porte-documents, une négociation à prix/qualité égale : 58 %"),
    )
    write_play(library_files, folder)
    write_offer(library_files)
    sync_library(app)
    return library_files


def ids(typed: str, language: str = "fr", kind: str | None = None) -> list[str]:
    return [hit.entry.id for hit in search(typed, language=language, kind=kind).hits]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("cher", "trop-cher"),
        ("CHER", "trop-cher"),
        ("ch", "trop-cher"),
        ("reunion", "en-reunion"),
        ("réunions", "en-reunion"),
        ("négociations", "rendez-vous"),
        ("qualité", "rendez-vous"),
        ("documents", "rendez-vous"),
        ("porte-documents", "rendez-vous"),
        ("rendez-vous", "rendez-vous"),
        ("rendez vous", "rendez-vous"),
        ("aujourd'hui", "rendez-vous"),
        ("aujourd", "rendez-vous"),
        ("d’aujourd’hui", "rendez-vous"),
        ("1200", "rendez-vous"),
        ("1 200", "rendez-vous"),
        ("l’atelier", "lumio-atelier"),
        ("au-dessus du marché", "trop-cher"),
    ],
)
def test_what_people_type_finds_it(root: Path, typed: str, first: str) -> None:
    assert ids(typed)[:1] == [first]


def test_the_clients_words_come_before_a_text_that_has_the_word_more_often(app: Flask, root: Path) -> None:
    write_play(root, "01-prendre-contact", body=PLAY_BODY.replace("Ce qu’il", "cher cher cher cher cher cher Ce qu’il"))
    sync_library(app)
    assert ids("cher") == ["trop-cher", "passer-le-standard"]


def test_one_kind_may_be_asked_for(root: Path) -> None:
    assert ids("atelier", kind="offer") == ["lumio-atelier"]
    assert ids("cher", kind="offer") == []
    assert "trop-cher" in ids("atelier", kind="script")


def test_the_last_word_is_a_beginning_until_a_space_follows(root: Path) -> None:
    assert ids("reun") == ["en-reunion"]
    assert ids("reun ") == []


def test_without_every_word_the_nearest_are_shown_and_said_to_be(root: Path) -> None:
    results = search("cher licorne", language="fr")
    assert (results.nearest, [hit.entry.id for hit in results.hits]) == (True, ["trop-cher"])
    assert search("licorne", language="fr") == Results()


@pytest.mark.parametrize(
    "typed",
    [
        *('"', "'", "''", "cher'", '"cher', "cher*", "(cher", "cher)", "cher OR", "NOT cher", "cher AND NEAR(a b)"),
        *(
            "headline:cher",
            "-cher",
            "^cher",
            "a:*",
            "cher | !reunion",
            "<->",
            "\\",
            "%",
            "_",
            ":most",
            "%(most)s",
            "{}",
        ),
        *("cher; DROP TABLE activity", "\x00cher", "cher\u2060", "😀", "=cher", "~cher", "«", " ", "\t", "cher " * 500),
        *("x" * 10_000, "é" * 500, "ﷺ", "½", "١٢٣", "日本語", "ß", "İ", "ŉ", "ͅ", "a\u0300" * 50),
    ],
)
def test_quotes_and_operators_are_only_characters(root: Path, typed: str) -> None:
    results = search(typed, language="fr")
    assert all(hit.why for hit in results.hits)
    if "cher" in typed and "OR" not in typed and "NEAR" not in typed and "DROP" not in typed and "NOT" not in typed:
        assert results.nearest or "trop-cher" in [hit.entry.id for hit in results.hits]


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40))
def test_any_text_may_be_searched(root: Path, typed: str) -> None:
    assert all(isinstance(hit.why.snippet, tuple) for hit in search(typed, language="fr").hits)


def hit(typed: str, document_id: str, language: str = "fr") -> Hit:
    return next(each for each in search(typed, language=language).hits if each.entry.id == document_id)


def test_a_snippet_begins_near_the_word_in_its_section_and_leads_there(root: Path) -> None:
    found = hit("négociations", "rendez-vous")
    assert (found.why.section, found.why.anchor) == ("Argumenter", "answer")
    assert found.address == "/scripts/rendez-vous#answer"
    assert [each.text for each in found.why.snippet if each.sought] == ["négociation"]
    assert found.snippet_text.startswith("… gagné dans le porte-documents, une négociation à prix/qualité égale")


def test_a_snippet_stays_in_its_section(root: Path) -> None:
    assert hit("opposé", "trop-cher").why.section if ids("opposé") else True
    assert hit("rapport", "trop-cher").snippet_text == "« Par rapport à quoi ? »"


def test_a_word_of_the_title_is_marked_there_and_the_snippet_is_the_beginning(root: Path) -> None:
    found = hit("reunion", "en-reunion")
    assert found.why.title == (Fragment("Il est en", False), Fragment("réunion", True))
    assert (found.why.anchor, found.address) == ("", "/scripts/en-reunion")
    assert not any(fragment.sought for fragment in found.why.snippet)


def test_the_parts_of_a_compound_are_marked_apart_and_shown_together(root: Path) -> None:
    marked = hit("vous", "rendez-vous").why.title
    assert marked == (Fragment("Pas de rendez-", False), Fragment("\u2060vous", True))
    assert together(" ".join(f"<mark>{f.text}</mark>" if f.sought else f.text for f in marked)) == (
        "Pas de rendez-<mark>vous</mark>"
    )


def test_a_variant_is_found_though_it_stands_in_no_text(root: Path) -> None:
    assert ids("marché", kind="script") == ["trop-cher"]


@pytest.fixture
def both(app: Flask, root: Path) -> Path:
    """One script has an English edition as well."""
    write_step(root, language="en", title="Make contact")
    write_script(root, title="It is too expensive", variants=["Your negotiations are unfair"], language="en")
    sync_library(app)
    return root


def test_a_reader_finds_documents_in_their_language(both: Path) -> None:
    assert ids("expensive", "en") == ["trop-cher"]
    assert ids("expensive", "fr") == []
    assert hit("expensive", "trop-cher", "en").entry.language == "en"


def test_what_a_reader_is_shown_in_another_language_is_found_in_that_language(both: Path) -> None:
    assert ids("réunion", "en") == ["en-reunion"]
    assert ids("négociations prix", "en") == ["rendez-vous"]
    assert "négociation" in [f.text for f in hit("négociations prix", "rendez-vous", "en").why.snippet if f.sought]
    assert ids("marché", "en", "script") == []


def test_search_takes_the_same_number_of_statements_however_much_is_found(app: Flask, both: Path) -> None:
    search("cher", language="fr")
    assert [statements(typed) for typed in ("cher", "a", "trop cher")] == [2, 2, 2]


def test_what_stands_nowhere_is_mended_in_a_bounded_number_of_statements(app: Flask, both: Path) -> None:
    search("licorne", language="fr")
    assert statements("licorne") <= 5
    assert statements("licorne cher reunion marche offre atelier vous temps prix remise delai") <= 7


def statements(typed: str) -> int:
    """How many statements a search runs, that which tells the library's generation among them."""
    g.pop("catalogue", None)
    with counting() as counted:
        search(typed, language="fr")
    return len(counted)


def test_a_query_is_a_dozen_words_at_most() -> None:
    assert len(parse_query("mot " * 100, "fr").words) == analysis.MOST_WORDS
