"""QTI 2.1 and 2.2: single items, and packages."""

import io
import zipfile
from fractions import Fraction

import pytest

from app.quizzes.formats import qti_package
from app.quizzes.formats.model import Question, Reading, Type, question_json


def item(body: str, declared: str, more: str = "", version: str = "2p1") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v{version}" '
        f'identifier="Prix_1" title="Prix net" adaptive="false" timeDependent="false">{declared}'
        f"<itemBody>{body}</itemBody>{more}</assessmentItem>"
    ).encode()


def declare(
    *values: str, cardinality: str = "single", base: str = "identifier", mapping: str = "", name: str = "RESPONSE"
) -> str:
    right = "".join(f"<value>{each}</value>" for each in values)
    return (
        f'<responseDeclaration identifier="{name}" cardinality="{cardinality}" baseType="{base}">'
        f"<correctResponse>{right}</correctResponse>{mapping}</responseDeclaration>"
    )


def choices(*texts: str, most: int = 1) -> str:
    inside = "".join(
        f'<simpleChoice identifier="{chr(65 + at)}">{text}</simpleChoice>' for at, text in enumerate(texts)
    )
    return (
        f'<choiceInteraction responseIdentifier="RESPONSE" maxChoices="{most}"><prompt>Que faire ?</prompt>{inside}'
        "</choiceInteraction>"
    )


def only(content: bytes) -> Question:
    reading = qti_package.read(content)
    assert reading.problems == []
    return reading.questions[0]


def package(files: dict[str, bytes | str]) -> Reading:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return qti_package.read(packed.getvalue())


@pytest.mark.parametrize("version", ["2p1", "2p2"])
def test_one_choice(version: str) -> None:
    feedback = '<modalFeedback outcomeIdentifier="F" identifier="B" showHide="show">Oui.</modalFeedback>'
    made = only(item(f"<p>Un <strong>client</strong>.</p>{choices('un', 'deux')}", declare("B"), feedback, version))
    assert (made.key, made.title, made.type) == ("prix-1", "Prix net", Type.SINGLE)
    assert made.text == "Un **client**.\n\nQue faire ?"
    assert [(each.text, each.fraction, each.feedback) for each in made.options] == [("un", 0, ""), ("deux", 1, "Oui.")]


def test_several_choices_all_or_nothing_earn_parts() -> None:
    made = only(item(choices("a", "b", "c", most=0), declare("A", "B", cardinality="multiple")))
    assert made.type is Type.MULTIPLE
    assert [each.fraction for each in made.options] == [Fraction(1, 2), Fraction(1, 2), -1]


def test_several_choices_by_their_mapping() -> None:
    mapping = (
        '<mapping defaultValue="0"><mapEntry mapKey="A" mappedValue="2"/><mapEntry mapKey="B" mappedValue="1"/>'
        '<mapEntry mapKey="C" mappedValue="-1.5"/></mapping>'
    )
    made = only(item(choices("a", "b", "c", "d", most=0), declare("A", "B", cardinality="multiple", mapping=mapping)))
    assert [each.fraction for each in made.options] == [Fraction(2, 3), Fraction(1, 3), Fraction(-1, 2), 0]


def test_true_or_false_in_either_language() -> None:
    for words in (("Vrai", "Faux"), ("true", "false")):
        made = only(item(choices(*words), declare("A")))
        assert (made.type, [each.fraction for each in made.options]) == (Type.TRUE_FALSE, [1, 0])


def test_a_number_with_its_tolerance() -> None:
    body = '<p>Prix : <textEntryInteraction responseIdentifier="RESPONSE"/></p>'
    for said, width in (
        ('toleranceMode="absolute" tolerance="0.5 0.5"', "0.5"),
        ('toleranceMode="relative" tolerance="10"', "4"),
    ):
        equal = f'<responseProcessing><equal {said}><variable identifier="RESPONSE"/></equal></responseProcessing>'
        made = only(item(body, declare("40", base="float"), equal))
        assert (made.type, str(made.value), made.text) == (Type.NUMERIC, "40", "Prix :")
        assert question_json(made)["tolerance"] == float(width)


def test_words_with_what_each_earns() -> None:
    mapping = '<mapping><mapEntry mapKey="York" mappedValue="1"/><mapEntry mapKey="york" mappedValue="0.5"/></mapping>'
    body = '<p>La ville de <textEntryInteraction responseIdentifier="RESPONSE"/> brille.</p>'
    made = only(item(body, declare("York", base="string", mapping=mapping)))
    assert (made.type, made.text) == (Type.SHORT_ANSWER, "La ville de _____ brille.")
    assert [(each.text, each.fraction) for each in made.options] == [("York", 1), ("york", Fraction(1, 2))]


def test_lists_to_choose_from_in_a_text() -> None:
    def choose(name: str) -> str:
        return (
            f'<inlineChoiceInteraction responseIdentifier="{name}"><inlineChoice identifier="X">un</inlineChoice>'
            '<inlineChoice identifier="Y">deux</inlineChoice></inlineChoiceInteraction>'
        )

    made = only(item(f"<p>A {choose('R1')} b {choose('R2')}.</p>", declare("X", name="R1") + declare("Y", name="R2")))
    assert (made.type, made.text, made.chosen) == (Type.GAPS, "A [[1]] b [[2]].", True)
    assert [(each.prompt, each.match) for each in made.pairs] == [("1", "un"), ("2", "deux")]


def _set(prefix: str, *texts: str, most: int = 1) -> str:
    inside = "".join(
        f'<simpleAssociableChoice identifier="{prefix}{at}" matchMax="{most}">{text}</simpleAssociableChoice>'
        for at, text in enumerate(texts)
    )
    return f"<simpleMatchSet>{inside}</simpleMatchSet>"


def _matching(sets: str) -> str:
    return f'<p>Q</p><matchInteraction responseIdentifier="RESPONSE">{sets}</matchInteraction>'


def test_matching_and_sorting() -> None:
    body = _matching(_set("P", "a", "b") + _set("M", "1", "2", "3"))
    made = only(item(body, declare("P0 M1", "P1 M0", cardinality="multiple", base="directedPair")))
    assert made.type is Type.MATCHING
    assert [(each.prompt, each.match) for each in made.pairs] == [("a", "2"), ("b", "1"), ("", "3")]
    body = _matching(_set("P", "a", "b") + _set("M", "1", most=0))
    made = only(item(body, declare("P0 M0", "P1 M0", cardinality="multiple", base="directedPair")))
    assert made.type is Type.CATEGORIES


def test_ordering() -> None:
    inside = "".join(f'<simpleChoice identifier="{name}">{name.lower()}</simpleChoice>' for name in "ABC")
    body = f'<p>Q</p><orderInteraction responseIdentifier="RESPONSE">{inside}</orderInteraction>'
    made = only(item(body, declare("C", "A", "B", cardinality="ordered")))
    assert [each.text for each in made.options] == ["c", "a", "b"]


def test_gaps_to_fill_with_given_words() -> None:
    body = (
        '<gapMatchInteraction responseIdentifier="RESPONSE"><gapText identifier="W" matchMax="1">hiver</gapText>'
        '<gapText identifier="X" matchMax="1">été</gapText>'
        '<p>Le <gap identifier="G"/> de notre colère.</p></gapMatchInteraction>'
    )
    made = only(item(body, declare("W G", cardinality="multiple", base="directedPair")))
    assert (made.type, made.text) == (Type.GAPS, "Le [[1]] de notre colère.")
    assert [each.text for each in made.options] == ["été"]


def test_a_free_text() -> None:
    made = only(item('<p>Q</p><extendedTextInteraction responseIdentifier="RESPONSE"/>', ""))
    assert (made.type, made.text) == (Type.FREE_TEXT, "Q")


@pytest.mark.parametrize(
    ("body", "declared", "what"),
    [
        ("<p>Rien</p>", "", "an item that asks nothing"),
        (
            '<hotspotInteraction responseIdentifier="R"/>',
            "",
            "the interaction hotspotInteraction, which cannot be kept",
        ),
        (choices("a", "b") * 2, declare("A"), "2 interactions in one item, expected one"),
        (choices("a", "b"), "", "no right answer is declared"),
    ],
)
def test_items_that_cannot_be_kept(body: str, declared: str, what: str) -> None:
    reading = qti_package.read(item(body, declared))
    assert reading.questions == []
    assert [each.what for each in reading.problems] == [what]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"<questestinterop/>", "QTI 1.2, expected QTI 2.1 or 2.2"),
        (b"<qti-assessment-item/>", "QTI 3, expected QTI 2.1 or 2.2"),
        (b"<assessmentTest/>", "a test without its items, expected the whole package (.zip)"),
        (b"<html/>", "the element <html>, expected <assessmentItem>"),
    ],
)
def test_other_things_than_items(content: bytes, what: str) -> None:
    assert [each.what for each in qti_package.read(content).problems] == [what]


def test_a_package_is_read_in_the_order_of_its_manifest_and_problems_name_the_file() -> None:
    manifest = "<manifest><resources>" + "".join(
        f'<resource type="imsqti_item_xmlv2p1" href="{name}"/>' for name in ("b.xml", "a.xml", "c.xml", "none.xml")
    )
    first = item(choices("un", "deux"), declare("A"))
    reading = package(
        {
            "imsmanifest.xml": manifest + "</resources></manifest>",
            "a.xml": first,
            "b.xml": item(choices("x", "y"), declare("B")),
            "c.xml": "<broken>",
        }
    )
    assert [each.options[0].text for each in reading.questions] == ["x", "un"]
    assert [each.key for each in reading.questions] == ["prix-1", "prix-1-2"]
    assert sorted(each.what.split(",")[0] for each in reading.problems) == [
        "c.xml: not well-formed XML (no element found)",
        "imsmanifest.xml names the file “none.xml”",
    ]
