"""Files in the shape that other tools write them, brought into a quiz: what they mean is what is asked."""

from fractions import Fraction
from typing import Any

import pytest

from app.quizzes.formats import detecting, quiz_document
from app.quizzes.formats.model import Question, Type
from app.quizzes.formats.registry import FORMATS
from tests.quizzes.question_factories import QUESTION

HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n'
TEMPLATES = "http://www.imsglobal.org/question/qti_v2p1/rptemplates"


def read(name: str, content: str | bytes) -> tuple[list[Question], list[str]]:
    data = content if isinstance(content, bytes) else content.encode()
    assert detecting.format_of(data) == name
    reading = FORMATS[name].read(data)
    return reading.questions, [each.what for each in reading.problems]


def in_quiz(question: Question) -> Any:
    fitted = quiz_document.fit(question, read_again="step:s", language="fr")
    assert fitted.losses == []
    return QUESTION.validate_python(fitted.values)


# Moodle XML


def moodle(kind: str, inside: str, text: str = "<p>Q ?</p>") -> str:
    return (
        f'{HEADER}<quiz>\n<!-- question: 7  -->\n  <question type="{kind}">\n    <name><text>N</text></name>\n'
        f'    <questiontext format="html"><text><![CDATA[{text}]]></text></questiontext>\n'
        "    <generalfeedback format='html'><text></text></generalfeedback>\n    <penalty>0.3333333</penalty>\n"
        f"    <hidden>0</hidden><idnumber></idnumber>{inside}\n  </question>\n</quiz>"
    )


def answer(fraction: str, text: str, feedback: str = "", more: str = "") -> str:
    said = f'<feedback format="html"><text>{feedback}</text></feedback>'
    return f'<answer fraction="{fraction}" format="html"><text>{text}</text>{said}{more}</answer>'


def test_hints_and_the_feedback_for_any_answer_of_moodle_come_along() -> None:
    inside = (
        "<single>true</single><shuffleanswers>false</shuffleanswers>"
        "<correctfeedback format='html'><text>&lt;p&gt;Bravo.&lt;/p&gt;</text></correctfeedback>"
        "<partiallycorrectfeedback format='html'><text>Your answer is partially correct.</text>"
        "</partiallycorrectfeedback><incorrectfeedback format='html'><text>Relisez.</text></incorrectfeedback>"
        + answer("100", "a", "&lt;p&gt;Oui.&lt;/p&gt;")
        + answer("50", "b")
        + answer("0", "c")
        + "<hint format='html'><text>&lt;p&gt;Pensez à la &lt;b&gt;marge&lt;/b&gt;.&lt;/p&gt;</text>"
        "<clearwrong/></hint><hint format='html'><text></text></hint>"
    )
    (made,), problems = read("moodle-xml", moodle("multichoice", inside))
    assert problems == []
    asked = in_quiz(made)
    assert asked.hints == ["Pensez à la **marge**."]
    assert [each.feedback for each in asked.options] == ["Oui.\n\nBravo.", "Ce n’est pas la bonne réponse.", "Relisez."]
    assert [asked.shares, asked.shuffle] == [(1, Fraction(1, 2), 0), False]


def test_units_of_moodle_are_multiplied_the_other_way_round() -> None:
    units = (
        "<units><unit><multiplier>1</multiplier><unit_name>€</unit_name></unit>"
        "<unit><multiplier>0.001</multiplier><unit_name>k€</unit_name></unit>"
        "<unit><multiplier>0.0166667</multiplier><unit_name>h</unit_name></unit></units>"
    )
    inside = answer("100", "1500", more="<tolerance>0.5</tolerance>") + answer("0", "*", "Non.") + units
    (made,), problems = read("moodle-xml", moodle("numerical", inside))
    assert problems == []
    asked = in_quiz(made)
    assert (asked.value, asked.tolerance, asked.unit, asked.if_wrong) == (1500, Fraction(1, 2), "€", "Non.")
    assert [(each.unit, round(each.factor)) for each in asked.other_units] == [("k€", 1000), ("h", 60)]


def test_a_formula_of_moodle_becomes_ours() -> None:
    variables = "".join(
        f"<dataset_definition><status><text>private</text></status><name><text>{name}</text></name>"
        f"<type>calculated</type><minimum><text>{low}</text></minimum><maximum><text>{high}</text></maximum>"
        f"<decimals><text>{places}</text></decimals></dataset_definition>"
        for name, low, high, places in (("HT", "10", "99", "2"), ("n", "1", "3", "0"))
    )
    inside = (
        answer(
            "100",
            "round({HT}*pow(1.2, {n}), 2)",
            more="<tolerance>0.01</tolerance><tolerancetype>1</tolerancetype>"
            "<correctanswerformat>1</correctanswerformat><correctanswerlength>2</correctanswerlength>",
        )
        + f"<dataset_definitions>{variables}</dataset_definitions>"
    )
    (made,), problems = read("moodle-xml", moodle("calculated", inside, "<p>{HT} € HT, {n} ans ?</p>"))
    assert problems == []
    asked = in_quiz(made)
    assert (asked.formula, asked.decimals, asked.text) == ("ht*((1.2)^(n))", 2, "{ht} € HT, {n} ans ?")
    assert (asked.relative_tolerance, asked.tolerance) == (1, 0)


@pytest.mark.parametrize("formula", ["sqrt({a})", "{a}%2", "sin({a})", "{b}*2", "{a}}*2"])
def test_a_formula_that_we_cannot_compute_is_told_and_never_run(formula: str) -> None:
    variables = (
        "<dataset_definitions><dataset_definition><name><text>a</text></name><minimum><text>1</text></minimum>"
        "<maximum><text>9</text></maximum><decimals><text>0</text></decimals></dataset_definition></dataset_definitions>"
    )
    (made,), _ = read("moodle-xml", moodle("calculated", answer("100", formula) + variables, "<p>{a} ?</p>"))
    with pytest.raises(quiz_document.Unfit):
        quiz_document.fit(made, read_again="step:s", language="fr")


def test_an_essay_of_moodle_has_its_grader_s_words_as_the_model_answer() -> None:
    inside = (
        "<responseformat>editor</responseformat><responserequired>1</responserequired><maxwordlimit>120</maxwordlimit>"
        "<attachments>0</attachments><graderinfo format='html'><text>&lt;p&gt;Une preuve.&lt;/p&gt;</text></graderinfo>"
        "<responsetemplate format='html'><text></text></responsetemplate>"
    )
    (made,), problems = read("moodle-xml", moodle("essay", inside))
    assert problems == []
    asked = in_quiz(made)
    assert (asked.model_answer, asked.most_words, len(asked.rubric)) == ("Une preuve.", 120, 1)


def test_embedded_answers_keep_their_feedback_and_that_capitals_count() -> None:
    text = "<p>Paris, {1:SHORTANSWER_C:=France#Bien sûr.~%0%Italie} et {1:SAC:=Sénat}.</p>"
    (made,), problems = read("moodle-xml", moodle("cloze", "", text))
    assert problems == []
    asked = in_quiz(made)
    assert (asked.case_counts, [each.feedback for each in asked.gaps]) == (True, ["Bien sûr.", None])


# GIFT


def test_gift_as_moodle_exports_it() -> None:
    text = (
        "// question: 0  name: Switch category to $course$/top/Ventes\n$CATEGORY: $course$/top/Ventes\n\n\n"
        "// question: 12  name: Prix\n// [id:PX-1] [tag:prix] [tag:marge]\n"
        "::Prix::[html]<p>Quel <b>prix</b>&nbsp;?<br></p>{\n\t=<p>1 026 €</p>#<p>Oui.</p>\n"
        "\t~%33.33333%<p>1 020 €</p>\n\t####<p>Voir la fiche.</p>\n}\n\n\n"
        "// question: 13  name: Mot\n::Mot::[html]<p>Un mot en fran…</p>{\n\t=%100%fran*#\n"
        "\t=%50%gaul\\:ois#presque\n}\n"
    )
    (price, word), problems = read("gift", text)
    assert problems == []
    assert (price.key, price.category) == ("px-1", "$course$/top/Ventes")
    asked = in_quiz(price)
    assert (asked.tags, asked.shares) == (["prix", "marge", "Ventes"], (1, Fraction(1, 3)))
    assert asked.options[0].feedback == "Oui.\n\nVoir la fiche."
    asked = in_quiz(word)
    assert (asked.accepted, asked.also[0].text, asked.also[0].credit) == (["fran*"], "gaul:ois", "0.5")


def test_gift_of_an_old_windows_editor() -> None:
    text = "::Élan::L’été, « combien » ?\r\n{\r\n=12 €\r\n~13 €\r\n}\r\n"
    (made,), problems = read("gift", text.encode("cp1252"))
    assert (made.title, problems) == ("Élan", [])
    (made,), _ = read("gift", text.encode("utf-16"))
    assert made.title == "Élan"


def test_aiken_as_it_is_typed() -> None:
    text = "\ufeffQue dire ?\r\nA)Rien\r\nb. Tout\r\nC)  Le prix \r\nANSWER : C\r\n"
    (made,), problems = read("aiken", text)
    assert problems == []
    assert [each.text for each in in_quiz(made).options] == ["Rien", "Tout", "Le prix"]
    assert in_quiz(made).right == {2}


# QTI


def item(declared: str, body: str, processing: str = "", more: str = "") -> str:
    return (
        f'{HEADER}<imsqti:assessmentItem xmlns:imsqti="http://www.imsglobal.org/xsd/imsqti_v2p2"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="a b" identifier="i1" title="T"'
        f' adaptive="false" timeDependent="false" toolName="X">{declared}'
        '<imsqti:outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>'
        f"<itemBody><div>{body}</div></itemBody>{processing}{more}</imsqti:assessmentItem>"
    )


def declare(*right: str, kind: str = "identifier", cardinality: str = "single", mapping: str = "") -> str:
    values = "".join(f"<value>{each}</value>" for each in right)
    return (
        f'<responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" baseType="{kind}">'
        f"<correctResponse>{values}</correctResponse>{mapping}</responseDeclaration>"
    )


def choices(*names: str, most: int = 1, shuffle: str = "true") -> str:
    inside = "".join(f'<simpleChoice identifier="{each}">{each.lower()}</simpleChoice>' for each in names)
    return (
        f'<choiceInteraction responseIdentifier="RESPONSE" shuffle="{shuffle}" maxChoices="{most}">'
        f"<prompt>Q ?</prompt>{inside}</choiceInteraction>"
    )


def modal(name: str, words: str) -> str:
    return f'<modalFeedback outcomeIdentifier="FB" identifier="{name}" showHide="show"><p>{words}</p></modalFeedback>'


def test_all_or_nothing_goes_before_a_mapping_that_is_not_used() -> None:
    mapping = '<mapping defaultValue="0"><mapEntry mapKey="A" mappedValue="5"/></mapping>'
    declared = declare("A", "B", cardinality="multiple", mapping=mapping)
    processing = f'<responseProcessing template="{TEMPLATES}/match_correct"/>'
    (made,), problems = read("qti", item(declared, choices("A", "B", "C", most=0), processing))
    assert problems == []
    assert [each.fraction for each in made.options] == [Fraction(1, 2), Fraction(1, 2), -1]


def test_a_mapping_with_bounds_and_a_value_for_what_it_does_not_name() -> None:
    mapping = (
        '<mapping lowerBound="0" upperBound="2" defaultValue="-1"><mapEntry mapKey="A" mappedValue="1"/>'
        '<mapEntry mapKey="B" mappedValue="1"/></mapping>'
    )
    declared = declare("A", "B", cardinality="multiple", mapping=mapping)
    processing = f'<responseProcessing template="{TEMPLATES}/map_response"/>'
    (made,), problems = read("qti", item(declared, choices("A", "B", "C", "D", most=4), processing))
    assert problems == []
    half = Fraction(1, 2)
    assert in_quiz(made).shares == (half, half, -half, -half)


def test_feedback_that_conditions_show() -> None:
    shown = '<setOutcomeValue identifier="FB"><baseValue baseType="identifier">{}</baseValue></setOutcomeValue>'
    matched = '<match><variable identifier="RESPONSE"/>{}</match>'
    chosen = matched.format('<baseValue baseType="identifier">B</baseValue>')
    right = matched.format('<correct identifier="RESPONSE"/>')
    processing = (
        f"<responseProcessing><responseCondition><responseIf>{right}{shown.format('good')}</responseIf>"
        f"<responseElse>{shown.format('bad')}</responseElse></responseCondition>"
        f"<responseCondition><responseIf>{chosen}{shown.format('b')}</responseIf></responseCondition>"
        "</responseProcessing>"
    )
    more = modal("good", "Oui.") + modal("bad", "Non.") + modal("b", "Pas B.")
    (made,), problems = read("qti", item(declare("A"), choices("A", "B", "C"), processing, more))
    assert problems == []
    assert [each.feedback for each in in_quiz(made).options] == ["Oui.", "Pas B.", "Non."]


@pytest.mark.parametrize(
    ("test", "value", "tolerance"),
    [
        (
            '<and><gte><variable identifier="RESPONSE"/><baseValue baseType="float">3.5</baseValue></gte>'
            '<lte><variable identifier="RESPONSE"/><baseValue baseType="float">4.5</baseValue></lte></and>',
            4,
            Fraction(1, 2),
        ),
        (
            '<equal toleranceMode="absolute" tolerance="0.25 0.25"><variable identifier="RESPONSE"/>'
            '<correct identifier="RESPONSE"/></equal>',
            4,
            Fraction(1, 4),
        ),
    ],
)
def test_numbers_between_bounds(test: str, value: int, tolerance: Fraction) -> None:
    processing = (
        f"<responseProcessing><responseCondition><responseIf>{test}<setOutcomeValue identifier='SCORE'>"
        "<baseValue baseType='float'>1</baseValue></setOutcomeValue></responseIf></responseCondition>"
        "</responseProcessing>"
    )
    body = '<p>Combien ?</p><p><textEntryInteraction responseIdentifier="RESPONSE" expectedLength="10"/></p>'
    (made,), problems = read("qti", item(declare("4", kind="float"), body, processing))
    assert problems == []
    assert (in_quiz(made).value, in_quiz(made).tolerance) == (value, tolerance)


def test_words_with_capitals_and_a_star_that_is_a_star() -> None:
    mapping = (
        '<mapping defaultValue="0"><mapEntry mapKey="5*" mappedValue="1" caseSensitive="true"/>'
        '<mapEntry mapKey="cinq" mappedValue="0.5" caseSensitive="true"/></mapping>'
    )
    body = '<p>Combien d’étoiles ? <textEntryInteraction responseIdentifier="RESPONSE"/></p>'
    (made,), problems = read("qti", item(declare("5*", kind="string", mapping=mapping), body))
    assert problems == []
    asked = in_quiz(made)
    assert (asked.accepted, asked.case_counts, asked.also[0].credit) == ([r"5\*"], True, "0.5")


def test_sorting_by_a_target_that_takes_several() -> None:
    left = "".join(
        f'<simpleAssociableChoice identifier="P{n}" matchMax="1">p{n}</simpleAssociableChoice>' for n in (1, 2, 3)
    )
    right = "".join(
        f'<simpleAssociableChoice identifier="M{n}" matchMax="3">m{n}</simpleAssociableChoice>' for n in (1, 2)
    )
    body = (
        '<matchInteraction responseIdentifier="RESPONSE" shuffle="false" maxAssociations="3"><prompt>Rangez.</prompt>'
        f"<simpleMatchSet>{left}</simpleMatchSet><simpleMatchSet>{right}</simpleMatchSet></matchInteraction>"
    )
    declared = declare("P1 M1", "P2 M1", "P3 M2", kind="directedPair", cardinality="multiple")
    (made,), problems = read("qti", item(declared, body))
    assert (made.type, problems) == (Type.CATEGORIES, [])
    assert [(each.name, each.items) for each in in_quiz(made).categories] == [("m1", ["p1", "p2"]), ("m2", ["p3"])]


def test_a_written_answer_with_its_rubric_for_who_scores() -> None:
    body = (
        '<p>Que dites-vous ?</p><extendedTextInteraction responseIdentifier="RESPONSE" expectedLines="5"/>'
        '<rubricBlock view="scorer"><p>- Une preuve (3 points)</p></rubricBlock>'
    )
    (made,), problems = read("qti", item(declare("Je reformule.", kind="string"), body))
    assert problems == []
    asked = in_quiz(made)
    assert [(each.name, each.points) for each in asked.rubric] == [("Une preuve", 3)]
    assert asked.model_answer == "Je reformule."


def test_what_an_item_says_to_nobody_in_particular_is_told() -> None:
    more = '<modalFeedback outcomeIdentifier="X" identifier="other" showHide="show">Ah.</modalFeedback>'
    _, problems = read("qti", item(declare("A"), choices("A", "B"), more=more))
    assert problems == ["feedback that belongs to no single answer is left out"]
