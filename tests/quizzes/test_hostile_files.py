"""Malformed and hostile files: a clear line, in bounded time, and nothing read from elsewhere."""

import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.quizzes.formats import composing, encodings, marks_table, qti_package
from app.quizzes.formats.model import (
    FORMAT_NAMES,
    FULL,
    LARGEST_FILE,
    MOST_PROBLEMS,
    MOST_QUESTIONS,
    Option,
    Question,
    Reading,
    Type,
    Variable,
)
from app.quizzes.formats.registry import FORMATS
from tests.pace import turns
from tests.quizzes import neutral

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefghi", "bcdefghij", strict=True))
    + "]><quiz><question>&j;</question></quiz>"
)
XXE = '<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>&x;</quiz>'
REMOTE = '<!DOCTYPE quiz SYSTEM "http://127.0.0.1:9/x.dtd"><quiz/>'
MOST_TURNS = 1_000


def read(name: str, content: bytes) -> Reading:
    readings: list[Reading] = []
    assert turns(lambda: readings.append(FORMATS[name].read(content))) < MOST_TURNS
    reading = readings[0]
    assert len(reading.problems) <= MOST_PROBLEMS + 1
    return reading


def the_problem(name: str, content: bytes) -> tuple[int, str]:
    reading = read(name, content)
    assert reading.questions == []
    assert len(reading.problems) == 1
    return reading.problems[0].line, reading.problems[0].what


@pytest.mark.parametrize("name", ["moodle-xml", "qti"])
@pytest.mark.parametrize("text", [BOMB, XXE, REMOTE])
def test_document_types_are_refused_whatever_they_hold(name: str, text: str) -> None:
    assert "document type" in the_problem(name, text.encode())[1]


@pytest.mark.parametrize("name", ["moodle-xml", "qti"])
def test_elements_nested_without_end(name: str) -> None:
    assert "nested too deeply" in the_problem(name, b"<a>" * 500_000)[1]


@pytest.mark.parametrize("name", FORMAT_NAMES)
def test_a_file_of_fifty_megabytes_is_not_read(name: str) -> None:
    expected = "512 kB" if name == "yaml" else "20 MB"
    assert expected in the_problem(name, b"x" * 50 * 1024 * 1024)[1]


@pytest.mark.parametrize("name", [each for each in FORMAT_NAMES if each not in ("qti", "yaml")])
def test_of_a_hundred_thousand_questions_the_first_are_listed(name: str) -> None:
    one = {
        "gift": "T{=a ~b}\n\n",
        "aiken": "T\nA) a\nB) b\nANSWER: A\n\n",
        "csv": "single,T,a,1,b\n",
        "moodle-xml": "<question type='essay'><questiontext><text>T</text></questiontext></question>\n",
    }[name]
    begins = {"csv": "type,text,option1,fraction1,option2\n", "moodle-xml": "<quiz>"}.get(name, "")
    ends = "</quiz>" if name == "moodle-xml" else ""
    reading = read(name, (begins + one * 100_000 + ends).encode())
    assert len(reading.questions) == MOST_QUESTIONS
    assert [each.what for each in reading.problems] == [
        f"more than {MOST_QUESTIONS} questions; the rest of the file is not read"
    ]


def test_of_a_hundred_thousand_items_none_is_unpacked() -> None:
    one = b"<assessmentItem/>"
    content = packed({f"{number}.xml": one for number in range(20_001)})
    assert the_problem("qti", content)[1] == "a package of more than 20000 files"


def test_ten_thousand_problems_in_a_package_are_not_all_listed() -> None:
    reading = read("qti", packed({f"{number}.xml": b"<html/>" for number in range(2_000)}))
    assert len(reading.problems) == MOST_PROBLEMS + 1


def test_a_quiz_file_of_a_hundred_thousand_questions_is_too_large() -> None:
    assert "512 kB" in the_problem("yaml", b"questions:\n" + b"- {key: a}\n" * 100_000)[1]


@pytest.mark.parametrize(
    "text",
    [
        "questions:\n- &a [x, x]\n- &b [*a, *a]\n- *b\n",
        "questions: !!python/object/apply:os.system ['true']\n",
        "questions: " + "[" * 5_000,
        "questions:\n" + "".join(f"{' ' * depth}- \n" for depth in range(900)),
    ],
)
def test_yaml_that_unfolds_or_nests_without_end_is_refused(text: str) -> None:
    reading = read("yaml", text.encode())
    assert reading.questions == []
    assert reading.problems


def test_a_document_type_inside_a_package_is_refused_as_well() -> None:
    reading = read("qti", packed({"a.xml": XXE.encode(), "b.xml": BOMB.encode()}))
    assert all("document type" in each.what for each in reading.problems)
    assert len(reading.problems) == 2


@given(questions=neutral.files())
@settings(max_examples=60, deadline=None)
def test_whatever_was_read_can_stand_in_a_quiz_or_it_is_said_why(questions: list[Question]) -> None:
    for fate in composing.fates(questions, read_again="step:s", language="fr"):
        assert bool(fate.why) != fate.is_good


@pytest.mark.parametrize(
    "formula",
    [
        "(" * 20_000,
        "pow(" * 20_000,
        "9" * 20_000,
        "{a}^" * 5_000,
        "pow(9,pow(9,9))",
        "__import__('os')",
        "{a}; 1",
        "1e400",
    ],
)
def test_a_formula_that_tries_to_escape_is_told(formula: str) -> None:
    question = Question(
        "q",
        Type.CALCULATED,
        text="{a} ?",
        options=(Option(formula, FULL),),
        variables=(Variable("a", Decimal(1), Decimal(2)),),
    )
    fates: list[composing.Fate] = []
    assert turns(lambda: fates.extend(composing.fates([question], read_again="step:s", language="fr"))) < MOST_TURNS
    assert fates[0].why


def test_a_hundred_thousand_problems_are_not_all_listed() -> None:
    reading = read("gift", b"Une description\n\n" * 100_000)
    assert len(reading.problems) == MOST_PROBLEMS + 1


@pytest.mark.parametrize("name", [each for each in FORMAT_NAMES if each != "qti"])
def test_a_nul_byte_is_no_text(name: str) -> None:
    line, what = the_problem(name, b"<quiz>\n\0</quiz>" if name == "moodle-xml" else b"a\n\0b{T}")
    assert (line, "U+0000" in what) == (2, True)


@pytest.mark.parametrize(
    "text", ["{" * 300_000, "a{=" * 100_000, "::" * 200_000, "a{\n\n" * 100_000, "//" * 200_000, "\\" * 300_000]
)
def test_gift_that_is_all_signs(text: str) -> None:
    assert read("gift", text.encode()).questions == []


@pytest.mark.parametrize(
    "inside", ["{1:SA:" * 20_000, "<b>" * 50_000, "<a href='x'>" * 20_000, "&amp;" * 50_000, "[[" * 50_000]
)
def test_long_texts_of_markup_take_no_longer(inside: str) -> None:
    text = f"<questiontext><text><![CDATA[T {inside}]]></text></questiontext>"
    text = f"<quiz><question type='cloze'>{text}</question></quiz>"
    assert read("moodle-xml", text.encode()).problems


@pytest.mark.parametrize("name", FORMAT_NAMES)
@given(content=st.binary(max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_told_and_never_raise(name: str, content: bytes) -> None:
    reading = FORMATS[name].read(content)
    assert reading.questions or reading.problems


@pytest.mark.parametrize("name", FORMAT_NAMES)
@given(text=st.text(st.sampled_from("{}~=#:\\<>/?!&;%\"'[]|-> \nA.)BNSWER:questioxt1,CDT*"), max_size=120))
@settings(max_examples=60, deadline=None)
def test_any_signs_are_told_and_never_raise(name: str, text: str) -> None:
    reading = FORMATS[name].read(text.encode())
    assert reading.questions or reading.problems


@pytest.mark.parametrize("name", [each for each in FORMAT_NAMES if each != "yaml"])
@given(cut=st.integers(0, 400))
@settings(max_examples=30, deadline=None)
def test_a_truncated_file_never_raises(name: str, cut: int) -> None:
    options = (Option("a", FULL), Option("b"))
    content = FORMATS[name].write([Question(f"q{n}", Type.SINGLE, text="T", options=options) for n in range(3)]).content
    FORMATS[name].read(content[: max(0, len(content) - cut)])


def packed(files: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for name, inside in files.items():
            made.writestr(name, inside)
    return content.getvalue()


def test_names_that_lead_out_of_a_package_are_not_read(tmp_path: Path) -> None:
    reading = read("qti", packed({"../../evil.txt": b"x", "/etc/evil": b"x", "a.xml": b"<html/>"}))
    assert [each.what for each in reading.problems][:2] == [
        "the file name “../../evil.txt” leads out of the package: not read",
        "the file name “/etc/evil” leads out of the package: not read",
    ]


def test_a_manifest_cannot_name_a_file_outside() -> None:
    manifest = b'<manifest><resource type="imsqti_item_xmlv2p1" href="../../etc/passwd"/></manifest>'
    reading = read("qti", packed({"imsmanifest.xml": manifest}))
    assert "which is not in the package" in reading.problems[0].what


def test_a_package_that_unpacks_to_gigabytes_is_left() -> None:
    zeros = b"0" * (64 * 1024 * 1024)
    reading = read("qti", packed({f"{number}.xml": zeros[: 3 * 1024 * 1024] for number in range(40)}))
    assert "MB once unpacked" in reading.problems[-1].what
    assert "has more than 2 MB" in read("qti", packed({"a.xml": zeros})).problems[0].what


def test_a_package_of_too_many_files_is_left() -> None:
    content = packed({f"{number}": b"" for number in range(20_001)})
    assert the_problem("qti", content)[1] == "a package of more than 20000 files"


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"PK" + b"\0" * 100, b"PK\x05\x06" + b"\0" * 18])
def test_a_zip_that_is_none(content: bytes) -> None:
    assert qti_package.read(content).problems


def test_a_damaged_entry_is_told_and_the_others_are_read() -> None:
    content = packed({"a.xml": b"<html/>" * 500, "b.xml": b"<html/>"})
    damaged = content[:45] + b"\xff\xff\xff" + content[48:]
    assert any("cannot be unpacked" in each.what for each in read("qti", damaged).problems)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Été à 12 €, l’œuvre".encode(), "Été à 12 €, l’œuvre"),
        ("Été".encode("utf-8-sig"), "Été"),
        ("Été".encode("utf-16"), "Été"),
        ("Été".encode("utf-16-be").join([b"\xfe\xff", b""]), "Été"),
        ("Été à 12 €, l’œuvre : « ÉTÉ »".encode("cp1252"), "Été à 12 €, l’œuvre : « ÉTÉ »"),
        (b"a\r\nb\rc", "a\nb\nc"),
    ],
)
def test_encodings_that_are_certain_are_read(content: bytes, expected: str) -> None:
    assert encodings.decode(content) == expected


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("un\nmarché créé".encode("cp850"), 2),
        ("marché".encode("mac_roman"), 1),
        ("Привет".encode("cp1251"), 1),
        ("12 €".encode("iso8859-15"), 1),
        ("Été\n".encode() + "été".encode("cp1252"), 2),
        ("Été".encode("utf-16-le"), 1),
        ("Été".encode("utf-32"), 1),
        (b"\xef\xbb\xbfa\n\xe9", 2),
    ],
)
def test_encodings_that_are_not_certain_are_refused_with_their_line(content: bytes, line: int) -> None:
    with pytest.raises(encodings.UnreadableText) as refused:
        encodings.decode(content)
    assert refused.value.line == line


def test_an_encoding_that_xml_declares_is_taken_at_its_word() -> None:
    text = '<?xml version="1.0" encoding="{}"?><quiz>Été €</quiz>'
    for name in ("windows-1252", "ISO-8859-15", "UTF-8", "utf-16"):
        assert "Été €" in encodings.decode_xml(text.format(name).encode(name))
    with pytest.raises(encodings.UnreadableText):
        encodings.decode_xml(text.format("koi8-r").encode("cp1252"))


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_marks_of_any_bytes_never_raise(content: bytes) -> None:
    table = marks_table.read(content)
    assert table.maxima or table.reading.problems


def test_marks_of_fifty_megabytes_are_not_read() -> None:
    assert "20 MB" in marks_table.read(b"1" * (LARGEST_FILE + 1)).reading.problems[0].what


ENDLESS = ("<a ", "<b '", '<a b="', "<!--", "<!-- >", "</", "<?", "<![x[", "<ul><li>x", "<b> </i>", "<", "&am")


@pytest.mark.parametrize("piece", ENDLESS)
def test_html_in_which_nothing_is_ever_closed_is_read_in_bounded_time(piece: str) -> None:
    words = piece * (100_000 // len(piece))
    read("gift", f"[html]{words.replace('=', chr(92) + '=')} {{=a}}".encode())
    moodle = "<quiz><question type='essay'><questiontext format='html'><text><![CDATA[{}]]></text></questiontext>"
    read("moodle-xml", (moodle + "</question></quiz>").format(words.replace("<![x[", "<! [x[")).encode())


@pytest.mark.parametrize("piece", ["[tag:", "[id:", "[tag:a<", r"[id:\\]"])
def test_a_comment_of_beginnings_is_read_in_bounded_time(piece: str) -> None:
    reading = read("gift", f"// {piece * 200_000}\nT {{=a}}".encode())
    assert len(reading.questions) == 1


@pytest.mark.parametrize("text", [f"T {{{sign * 1_000_000}}}" for sign in ("~", "=", "=a->b ")])
def test_a_question_of_a_million_answers_is_refused_before_they_are_read(text: str) -> None:
    assert "more than 200 options" in the_problem("gift", text.encode())[1]


def test_a_gap_of_a_million_answers_is_refused_as_well() -> None:
    text = "{1:SA:=" + "a~" * 1_000_000 + "}"
    cloze = f"<quiz><question type='cloze'><questiontext><text>{text}</text></questiontext></question></quiz>"
    assert "more than 200 options" in the_problem("moodle-xml", cloze.encode())[1]


@pytest.mark.parametrize(
    ("kind", "text", "more"),
    [
        ("multichoice", "T", "<answer fraction='100'><text>a</text></answer>" * 20_000),
        ("ddwtos", "[[1]]" * 200_000, "<dragbox><text>a</text></dragbox>"),
        ("cloze", "{1:SA:=a}" * 100_000, ""),
    ],
)
def test_a_moodle_question_of_very_many_rows_is_refused(kind: str, text: str, more: str) -> None:
    question = f"<question type='{kind}'><questiontext><text>{text}</text></questiontext>{more}</question>"
    assert "more than 200 options" in the_problem("moodle-xml", f"<quiz>{question}</quiz>".encode())[1]


def test_thousands_of_columns_are_sorted_out_once() -> None:
    columns = ";".join(f"option{number};fraction{number}" for number in range(1, 1_000))
    rows = f"{'single;x' + ';' * 1_998}\n" * 1_000
    content = f"type;text;{columns}\n{rows}".encode()
    assert turns(lambda: FORMATS["csv"].read(content)) < 100
