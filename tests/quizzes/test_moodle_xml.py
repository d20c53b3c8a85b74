"""Moodle XML as Moodle exports it."""

from fractions import Fraction

import pytest

from app.quizzes.formats import moodle_reader
from app.quizzes.formats.model import Question, Reading, Type


def read(inside: str) -> Reading:
    return moodle_reader.read(f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n{inside}\n</quiz>'.encode())


def question(kind: str, inside: str, text: str = "<p>Q ?</p>") -> str:
    return (
        f'<question type="{kind}"><name><text>N</text></name>'
        f'<questiontext format="html"><text><![CDATA[{text}]]></text></questiontext>{inside}</question>'
    )


def only(kind: str, inside: str, text: str = "<p>Q ?</p>") -> Question:
    reading = read(question(kind, inside, text))
    assert reading.problems == []
    return reading.questions[0]


def answer(fraction: str, text: str, more: str = "") -> str:
    return f'<answer fraction="{fraction}" format="html"><text>{text}</text>{more}</answer>'


def test_several_right_answers_as_moodle_exports_them() -> None:
    usual = (
        "<generalfeedback format='html'><text>Voir la fiche.</text></generalfeedback>"
        "<defaultgrade>2.0000000</defaultgrade>"
        "<penalty>0.3333333</penalty><hidden>0</hidden><idnumber>prix-1</idnumber><single>false</single>"
        "<shuffleanswers>true</shuffleanswers><answernumbering>abc</answernumbering>"
        "<correctfeedback format='html'><text>&lt;p&gt;Your answer is correct.&lt;/p&gt;</text></correctfeedback>"
        "<incorrectfeedback format='html'><text>Votre réponse est incorrecte.</text></incorrectfeedback>"
        "<shownumcorrect/>"
        "<tags><tag><text>prix</text></tag><tag><text>marge</text></tag></tags>"
    )
    feedback = "<feedback format='html'><text>Oui &amp;amp; non</text></feedback>"
    made = only(
        "multichoice",
        usual + answer("33.33333", "a", feedback) + answer("66.66667", "b") + answer("-100", "c"),
        "<p>Quel <b>prix</b> ?</p>",
    )
    assert (made.key, made.title, made.text, made.points) == ("prix-1", "N", "Quel **prix** ?", 2)
    assert [each.fraction for each in made.options] == [Fraction(1, 3), Fraction(2, 3), -1]
    assert (made.options[0].feedback, made.feedback, made.tags) == ("Oui & non", "Voir la fiche.", ("prix", "marge"))
    assert made.type is Type.MULTIPLE


def test_one_right_answer_is_the_default() -> None:
    assert only("multichoice", answer("100", "a") + answer("0", "b")).type is Type.SINGLE


@pytest.mark.parametrize("names", [("true", "false"), ("false", "true")])
def test_true_or_false_by_its_words_whichever_comes_first(names: tuple[str, str]) -> None:
    made = only("truefalse", answer("0", names[0]) + answer("100", names[1]))
    assert [(each.text, each.fraction) for each in made.options] == [
        ("true", names[1] == "true"),
        ("false", names[1] == "false"),
    ]


def test_true_or_false_of_old_files_by_its_place() -> None:
    reading = read(question("truefalse", answer("100", "Vrai") + answer("0", "Faux")))
    assert [each.fraction for each in reading.questions[0].options] == [1, 0]
    assert "taken for true and false" in reading.problems[0].what


def test_numbers_with_tolerance_and_unit() -> None:
    unit = "<units><unit><multiplier>1</multiplier><unit_name>€</unit_name></unit></units>"
    made = only("numerical", answer("100", "3.14", "<tolerance>0.005</tolerance>") + unit)
    assert (str(made.value), str(made.tolerance), made.unit, made.options) == ("3.14", "0.005", "€", ())


def test_short_answers_mind_case_and_keep_wildcards() -> None:
    made = only("shortanswer", "<usecase>1</usecase>" + answer("100", "fran*") + answer("50", "gaule"))
    assert made.case_counts
    assert [(each.text, each.fraction) for each in made.options] == [("fran*", 1), ("gaule", Fraction(1, 2))]


def test_matching_with_a_match_that_belongs_to_none() -> None:
    rows = "".join(
        f"<subquestion format='html'><text>{prompt}</text><answer><text>{match}</text></answer></subquestion>"
        for prompt, match in (("A", "1"), ("B", "2"), ("", "3"))
    )
    made = only("matching", rows)
    assert [(each.prompt, each.match) for each in made.pairs] == [("A", "1"), ("B", "2"), ("", "3")]


def test_formulas_with_their_variables() -> None:
    variable = (
        "<dataset_definitions><dataset_definition><name><text>ht</text></name><minimum><text>10</text></minimum>"
        "<maximum><text>99.5</text></maximum><decimals><text>1</text></decimals>"
        "</dataset_definition></dataset_definitions>"
    )
    formula = answer("100", "{ht}*1.2", "<tolerance>0.01</tolerance><tolerancetype>2</tolerancetype>")
    for kind in ("calculated", "calculatedsimple"):
        made = only(kind, formula + variable)
        assert made.type is Type.CALCULATED
        assert [each.text for each in made.options] == ["{ht}*1.2"]
        assert [(each.name, str(each.minimum), str(each.maximum), each.decimals) for each in made.variables] == [
            ("ht", "10", "99.5", 1)
        ]
    chosen = read(question("calculatedmulti", answer("100", "{={ht}*1.2} €") + answer("0", "{={ht}} €") + variable))
    assert chosen.questions[0].options[0].text == "{ht}*1.2"
    assert "wrong choices" in chosen.problems[0].what


def test_embedded_answers_become_gaps() -> None:
    made = only(
        "cloze",
        "",
        "<p>Paris est en {1:SHORTANSWER:=France~=france} depuis {1:NUMERICAL:=987}, caf{1:SA:=&eacute;}.</p>",
    )
    assert made.text == "Paris est en [[1]] depuis [[2]], caf[[3]]."
    assert [(each.prompt, each.match) for each in made.pairs] == [
        ("1", "France"),
        ("1", "france"),
        ("2", "987"),
        ("3", "é"),
    ]
    assert not made.chosen


@pytest.mark.parametrize(("kind", "tag"), [("ddwtos", "dragbox"), ("gapselect", "selectoption")])
def test_choices_for_gaps_are_numbered_by_gap(kind: str, tag: str) -> None:
    choices = "".join(f"<{tag}><text>{text}</text><group>1</group></{tag}>" for text in ("un", "deux", "trois"))
    made = only(kind, choices, "<p>A [[2]] b [[1]]</p>")
    assert made.text == "A [[1]] b [[2]]"
    assert [(each.prompt, each.match) for each in made.pairs] == [("1", "deux"), ("2", "un")]
    assert ([each.text for each in made.options], made.chosen) == (["trois"], True)


def test_things_to_order_stand_in_their_order() -> None:
    made = only("ordering", answer("2.0", "b") + answer("1.0", "a") + answer("3.0", "c"))
    assert [each.text for each in made.options] == ["a", "b", "c"]


def test_categories_hold_for_what_follows() -> None:
    reading = read(
        "<question type='category'><category><text>$course$/Prix</text></category></question>" + question("essay", "")
    )
    assert (reading.questions[0].category, reading.questions[0].type) == ("$course$/Prix", Type.FREE_TEXT)


@pytest.mark.parametrize(
    ("kind", "inside", "what"),
    [
        ("essay", "<responsetemplate><text>x</text></responsetemplate>", "the template of the answer is left out"),
        ("essay", "<penalty>0.25</penalty>", "its penalty of 25 % for each further try is left out"),
        (
            "essay",
            "<generalfeedback><text>x</text></generalfeedback><graderinfo><text>y</text></graderinfo>",
            "the information for graders is left out",
        ),
        ("essay", "<file name='a.png' encoding='base64'>AA</file>", "the embedded file “a.png” is left out"),
        ("essay", "<correctfeedback><text>Bravo à vous</text></correctfeedback>", "its feedback for any right"),
    ],
)
def test_what_is_lost_is_said_of_the_question(kind: str, inside: str, what: str) -> None:
    reading = read(question(kind, inside))
    assert len(reading.questions) == 1
    assert [each.question for each in reading.problems] == ["n"]
    assert reading.problems[0].what.startswith(what)


def test_pictures_in_a_text_are_told() -> None:
    reading = read(question("essay", "", '<p>Que voit-on ? <img src="@@PLUGINFILE@@/a.png" alt="Un plan"></p>'))
    assert reading.questions[0].text == "Que voit-on ? Un plan"
    assert [each.what for each in reading.problems] == ["a picture, which is left out"]


def test_types_that_cannot_be_kept_are_problems_with_their_line() -> None:
    reading = read(
        question("ddmarker", "")
        + "\n"
        + question("description", "")
        + "\n"
        + question("multichoice", answer("150", "a"))
    )
    assert reading.questions == []
    assert [(each.line, each.what) for each in reading.problems] == [
        (3, "the question type “ddmarker” is left out"),
        (4, "a description, which asks nothing, is left out"),
        (5, "the weight 150, expected a percentage from -100 to 100"),
    ]
