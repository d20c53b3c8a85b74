"""GIFT as people and platforms write it."""

from fractions import Fraction

import pytest

from app.quizzes.formats import gift_reader
from app.quizzes.formats.model import Question, Reading, Type


def read(text: str | bytes) -> Reading:
    return gift_reader.read(text if isinstance(text, bytes) else text.encode())


def only(text: str | bytes) -> Question:
    reading = read(text)
    assert reading.problems == []
    assert len(reading.questions) == 1
    return reading.questions[0]


def wrong(text: str) -> list[tuple[int, str]]:
    return [(each.line, each.what) for each in read(text).problems]


def shares(question: Question) -> list[tuple[str, Fraction]]:
    return [(each.text, each.fraction) for each in question.options]


def test_one_right_answer_with_feedback_and_a_title() -> None:
    question = only("::Couleurs::Entre orange et vert ?{\n=jaune # Oui ! \n~rouge#Non.\n~bleu\n}")
    assert (question.title, question.key, question.type) == ("Couleurs", "couleurs", Type.SINGLE)
    assert shares(question) == [("jaune", 1), ("rouge", 0), ("bleu", 0)]
    assert [each.feedback for each in question.options] == ["Oui !", "Non.", ""]


def test_weights_make_several_right_answers() -> None:
    question = only("Q {~%33.33333%a ~%33.33333%b ~%33.33333%c ~%-50%d ~e}")
    third = Fraction(1, 3)
    assert question.type is Type.MULTIPLE
    assert [each.fraction for each in question.options] == [third, third, third, Fraction(-1, 2), 0]


def test_a_partly_right_option_beside_a_right_one() -> None:
    assert shares(only("Q {=a ~%50%b ~c}")) == [("a", 1), ("b", Fraction(1, 2)), ("c", 0)]


def test_escapes_stand_for_themselves() -> None:
    question = only(r"::a\:b::x \= \{y\} \~ \# \\ C\:\\temp\nsuite{=1 \= 1~2 \~ 3}")
    assert question.title == "a:b"
    assert question.text == "x = {y} ~ # \\ C:\\temp\nsuite"
    assert [each.text for each in question.options] == ["1 = 1", "2 ~ 3"]


@pytest.mark.parametrize(
    ("answer", "value", "tolerance"),
    [
        ("#3:2", "3", "2"),
        ("#1..5", "3", "2"),
        ("#3", "3", "0"),
        ("#-0.5:0.25", "-0.5", "0.25"),
        ("#3,5:0,1", "3.5", "0.1"),
    ],
)
def test_numbers_with_a_tolerance_or_between_bounds(answer: str, value: str, tolerance: str) -> None:
    question = only(f"Q {{{answer}}}")
    assert (question.type, str(question.value), str(question.tolerance)) == (Type.NUMERIC, value, tolerance)
    assert question.options == ()


def test_several_numbers_with_weights_and_feedback_for_the_others() -> None:
    question = only("Q {#\n=1822:0#Exact.\n=%50%1822:2#Presque.\n~#Non.\n}")
    assert shares(question) == [("1822", 1), ("1822:2", Fraction(1, 2)), ("*", 0)]
    assert [each.feedback for each in question.options] == ["Exact.", "Presque.", "Non."]
    assert (question.value, question.tolerance) == (1822, 0)


def test_pairs_and_a_match_without_a_prompt() -> None:
    question = only("Q {\n=Canada -> Ottawa\n=Italie->Rome\n= -> Tokyo\n}")
    assert question.type is Type.MATCHING
    assert [(each.prompt, each.match) for each in question.pairs] == [
        ("Canada", "Ottawa"),
        ("Italie", "Rome"),
        ("", "Tokyo"),
    ]


def test_a_missing_word() -> None:
    question = only("Grant est {~né =enterré ~mort} à New York.")
    assert question.text == "Grant est _____ à New York."
    assert question.type is Type.SINGLE


@pytest.mark.parametrize(("answer", "is_true"), [("T", True), ("TRUE", True), ("F", False), ("FALSE", False)])
def test_true_or_false(answer: str, is_true: bool) -> None:
    question = only(f"Q{{{answer}#Si vous vous trompez.#Si vous avez raison.####Toujours.}}")
    assert shares(question) == [("true", is_true), ("false", not is_true)]
    said = {each.fraction: each.feedback for each in question.options}
    assert said == {1: "Si vous avez raison.", 0: "Si vous vous trompez."}
    assert question.feedback == "Toujours."


def test_short_answers_with_weights_and_without_an_equals_sign() -> None:
    assert shares(only("Q {=Frog =%50%Cat =%0%*}")) == [("Frog", 1), ("Cat", Fraction(1, 2)), ("*", 0)]
    assert shares(only("Q {personne}")) == [("personne", 1)]


def test_empty_braces_are_a_free_text() -> None:
    assert only("Q {}").type is Type.FREE_TEXT
    assert only("Q {#### Merci. }").feedback == "Merci."


def test_ids_and_tags_stand_in_comments() -> None:
    question = only("// question: 12  name: X\n// [id:Prix 1] [tag:prix] [tag:a\\]b]\n::X::Q{T}")
    assert (question.key, question.tags, question.line) == ("prix-1", ("prix", "a]b"), 3)


def test_categories_hold_for_what_follows() -> None:
    reading = read("$CATEGORY: $course$/Prix\n\nA{T}\n\n$CATEGORY: Autre\nB{F}")
    assert [each.category for each in reading.questions] == ["$course$/Prix", "Autre"]
    assert reading.problems == []


def test_html_becomes_markdown_and_plain_text_stays() -> None:
    assert only("[html]<p>Quel <b>prix</b>&nbsp;?</p>{T}").text == "Quel **prix**\xa0?"
    assert only("[markdown]Quel **prix** ?{T}").text == "Quel **prix** ?"
    plain = only("[plain]2*3*4 ?{T}")
    assert (plain.text, plain.is_plain) == ("2*3*4 ?", True)


def test_blank_lines_inside_braces_and_comments_between_answers() -> None:
    question = only("Q {\n\n=a\n\n// une remarque }\n~b\n}\n")
    assert shares(question) == [("a", 1), ("b", 0)]


def test_line_ends_and_encodings_of_other_systems() -> None:
    assert only("Été{T}\r\n".encode("utf-8-sig")).text == "Été"
    assert only("L’été, c’est cher : 12 € {T}".encode("cp1252")).text == "L’été, c’est cher : 12 €"
    assert only("Été{T}".encode("utf-16")).text == "Été"
    assert [each.line for each in read("A{T}\r\n\r\nB{F}\r\n").questions] == [1, 3]


def test_keys_are_unique_and_stable() -> None:
    keys = [each.key for each in read("::X::a{T}\n\n::X::b{T}\n\n::?::c{T}\n\n::?::{T}").questions]
    assert keys == ["x", "x-2", "c"]


def test_each_problem_has_its_line_and_the_good_questions_are_listed() -> None:
    reading = read("A{T}\n\n::Ouverte::B {=a\n\nC{F}\n\nUne description\n\nD{=a}\n")
    assert [each.text for each in reading.questions] == ["A", "C", "D"]
    assert [(each.line, each.question) for each in reading.problems] == [(3, "Ouverte"), (7, "Une description")]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Q {=a", "a brace “{” without its “}”"),
        ("Q =a}", "a brace “}” without its “{”"),
        ("Q {~a ~b}", "the weights of the right options add up to 0 %, expected 100 %"),
        ("Q {~%50%a ~%40%b}", "the weights of the right options add up to 90 %, expected 100 %"),
        ("Q {=a ~%150%b}", "the weight %150%, expected a number from -100 to 100"),
        ("Q {#abc}", "the numeric answer “abc”, expected 3, 3:2 (tolerance) or 1..5"),
        ("Q {#}", "a numeric question without an answer"),
        ("Q {=%50%a}", "no answer earns 100 %, expected one that does"),
        ("Q {=a}{=b}", "answers in two pairs of braces, expected one; write other braces \\{ and \\}"),
        ("{=a}", "no text of the question"),
        ("Q {=a -> b}", "fewer than two pairs"),
        ("Q {=~a}", "an empty option"),
        ("Une description.", "a description, which asks nothing, is left out"),
        ("", "no question in the file"),
    ],
)
def test_what_is_wrong_is_said(text: str, what: str) -> None:
    assert wrong(text) == [(1, what)]
