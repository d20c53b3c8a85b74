"""What the check says in English, in the reader's language on a page."""

from flask import Flask
from flask_babel import force_locale

from app.library.problem_words import said


def test_a_problem_is_said_in_french_with_what_it_names(app: Flask) -> None:
    with force_locale("fr"):
        assert said("a link to the play “x”, which does not exist") == "un lien (fiche) vers « x », qui n’existe pas"
        assert said("nothing to say in “Creuser : quoi ?”") == "rien à dire sous « Creuser : quoi ? »"
        assert said("“title”: nothing but spaces") == "« title » : rien que des espaces"
        assert said("something new") == "something new"


def test_a_problem_stays_as_it_is_in_english(app: Flask) -> None:
    with force_locale("en"):
        assert said("950 words") == "950 words"
        assert said("100 % sure: %(x)s") == "100 % sure: %(x)s"


def test_a_sentence_of_its_own_is_not_taken_for_one_with_a_blank(app: Flask) -> None:
    with force_locale("fr"):
        assert said("one of the keys in docs/authoring.md") == "l’une des clés du guide de rédaction"
        assert said("one of the two texts, without the marks around them").endswith(
            "sans les marques qui les entourent"
        )
