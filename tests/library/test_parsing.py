"""Every mistake of an author is said at its line, with what is expected, and all of them in one run."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from app.library.files import LARGEST
from app.library.inspection import inspect
from app.library.kinds import all_kinds
from app.library.problems import Problem
from tests.library_factories import (
    PLAY_BODY,
    SCRIPT_BODY,
    folders_of,
    questions,
    write_offer,
    write_play,
    write_quiz,
    write_script,
    write_small_library,
    write_step,
    write_text,
    yaml_of,
)

PLAY = "content/fr/01-prendre-contact/passer-le-standard.md"
SCRIPT = "content/fr/objections/trop-cher.md"
NOWHERE = "a link to the play “nowhere”, which does not exist"
QUIZ = "quizzes/fr/quiz-prix.yaml"

Inspect = Callable[[], list[Problem]]


@pytest.fixture
def root(library_files: Path) -> Path:
    """A small library without a mistake."""
    write_small_library(library_files)
    return library_files


@pytest.fixture
def problems(app: Flask) -> Inspect:
    return lambda: inspect(folders_of(app), all_kinds()).problems


def only(found: list[Problem]) -> Problem:
    assert len(found) == 1, found
    return found[0]


def replace(root: Path, path: str, old: str, new: str) -> None:
    file = root / path
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def test_a_problem_reads_as_file_line_what_and_expected() -> None:
    assert str(Problem("content/fr/x.md", 3, "no “title”", "it to be given")) == (
        "content/fr/x.md:3: no “title”, expected it to be given"
    )


def test_a_library_without_a_mistake_has_no_problem(root: Path, problems: Inspect) -> None:
    assert problems() == []


@pytest.mark.parametrize(
    ("source", "line", "what"),
    [
        (b"", 1, "no front matter"),
        (b"# Title\n", 1, "no front matter"),
        (b"---\nid: a\ntitle: b\n", 1, "front matter without an end"),
        (b"---\n---\nbody\n", 2, "no keys"),
        (b"---\n- a\n---\n", 2, "no keys"),
        (b"---\nid: a\nid: b\n---\n", 3, "the key “id” stands twice"),
        (b"---\nid: *a\n---\n", 2, "an alias (*)"),
        (b"---\nid: a\n---\nd\xe9j\xe0\n", 4, "bytes that are not UTF-8"),
        ("---\nid: a\n---\nbody\n".encode("utf-16"), 1, "bytes that are not UTF-8"),
        (b"---\nid: a\n---\n\nx\x00y\n", 5, "the control character U+0000"),
        (b"---\nid: a\n---\nx\x02y\n", 4, "the control character U+0002"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_line(
    root: Path, problems: Inspect, source: bytes, line: int, what: str
) -> None:
    path = "content/fr/01-prendre-contact/broken.md"
    write_text(root, path, source)
    found = [each for each in problems() if each.what == what]
    assert [(each.path, each.line) for each in found] == [(path, line)]


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("order: 1", "order: 1\nordre: 2", 5, "the unknown key “ordre”, expected one of the keys in docs/authoring.md"),
        ("title: Passer le standard\n", "", 2, "no “title”, expected it to be given"),
        ("order: 1", "order: un", 4, "“order” is “un”, expected a whole number"),
        ("order: 1", "order: 0", 4, "“order” is 0, expected at least 1"),
        ("order: 1", "order: 100", 4, "“order” is 100, expected at most 99"),
        ("order: 1", "order: true", 4, "“order” is True, expected a whole number"),
        ("title: Passer le standard", "title: 2026", 3, "“title” is 2026, expected a text (put it in quotes)"),
        ("title: Passer le standard", "title: ' '", 3, "“title”: nothing but spaces, expected words"),
        ("title: Passer le standard", "title:", 3, "“title” is empty, expected a text (put it in quotes)"),
        ("id: passer-le-standard", "id: Passer", 2, "“id” is “Passer”, expected lower-case words joined by hyphens"),
    ],
)
def test_a_wrong_key_of_a_play_is_said_at_its_line(
    root: Path, problems: Inspect, old: str, new: str, line: int, said: str
) -> None:
    replace(root, PLAY, old, new)
    assert str(only(problems())) == f"{PLAY}:{line}: {said}"


def test_a_wrong_value_deep_in_an_offer_is_said_at_its_line(root: Path, problems: Inspect) -> None:
    write_offer(
        root,
        prices=[
            {"item": "Pose", "amount": "12,50", "tax": "excluded", "vat_rate": "20"},
            {"item": "Étude", "amount": "1", "tax": "yes", "vat_rate": "120"},
        ],
    )
    found = [(each.line, each.what, each.expected) for each in problems()]
    lines = (root / "content/fr/offres/lumio-atelier.md").read_text().split("\n")
    assert found == [
        (lines.index("  amount: 12,50") + 1, "“prices.1.amount”: '12,50'", 'digits and a point, such as "390.00"'),
        (lines.index("  tax: 'yes'") + 1, "“prices.2.tax” is “yes”", "'excluded' or 'included'"),
        (lines.index("  vat_rate: '120'") + 1, "“prices.2.vat_rate” is 120", "at most 100"),
    ]


@pytest.mark.parametrize("amount", ["1.0e+400", "1.0e-400", "-1", "9" * 20, "abc", "true"])
def test_an_amount_is_a_sum_of_money(root: Path, problems: Inspect, amount: str) -> None:
    replace(root, "content/fr/offres/lumio-atelier.md", "amount: '390.00'", f"amount: {amount}")
    assert "prices.1.amount" in only(problems()).what


def blocks(*names: str) -> str:
    return "".join(f"## Titre {name} {{.{name}}}\nTexte.\n\n" for name in names)


@pytest.mark.parametrize(
    ("body", "line", "said"),
    [
        (blocks("know", "say", "show"), 6, "no block {.do}"),
        (blocks("know", "show", "say", "do"), 13, "{.say} after {.show}"),
        (blocks("know", "say", "show", "do", "do"), 19, "a second block {.do}"),
        (blocks("know", "say", "show", "do") + "## Autre\n", 19, "the heading “Autre”"),
        (blocks("know", "say", "show", "do") + "## Autre {.avoid}\n", 19, "the heading “Autre”"),
        ("Bonjour.\n\n" + blocks("know", "say", "show", "do"), 7, "a text before the first heading"),
    ],
)
def test_the_blocks_of_a_play_stand_each_once_and_in_order(
    root: Path, problems: Inspect, body: str, line: int, said: str
) -> None:
    write_play(root, "01-prendre-contact", body=body)
    found = only(problems())
    assert (found.line, found.what) == (line, said)


def test_a_heading_in_a_code_sample_or_a_quotation_is_no_block(root: Path, problems: Inspect) -> None:
    sample = "```\n## Savoir {.know}\n```\n"
    write_play(root, "01-prendre-contact", body=PLAY_BODY.replace("Ce qu’il", f"{sample}\nCe qu’il"))
    assert problems() == []


def test_a_block_is_recognised_however_markdown_lets_its_heading_be_written(root: Path, problems: Inspect) -> None:
    body = PLAY_BODY.replace("## Savoir {.know}", "Savoir {: .know #a }\n--------").replace(
        "## Dire {.say}", "##Dire {.other .say} ##"
    )
    write_play(root, "01-prendre-contact", body=body)
    assert problems() == []


def test_mistakes_in_front_matter_and_in_the_body_are_said_together(root: Path, problems: Inspect) -> None:
    replace(root, PLAY, "order: 1", "order: un")
    replace(root, PLAY, "{.do}", "{.avoid}")
    replace(root, PLAY, "Ce qu’il faut savoir.", "[x](play:nowhere)")
    write_script(root, category="inconnue", steps=["nulle-part"])
    what = [each.what for each in problems()]
    assert what == [
        "“order” is “un”",
        "no block {.do}",
        "a link to the play “nowhere”, which does not exist",
        "the heading “Faire”",
        "“inconnue”, which is not in the list of categories",
        "a link to the step “nulle-part”, which does not exist",
    ]


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("content/fr/anywhere.md", "a place where no kind of document lives"),
        ("content/fr/deep/er/index.md", "a place where no kind of document lives"),
        ("quizzes/fr/x.md", "a place where no kind of document lives"),
        ("content/readme.md", "a place where no kind of document lives"),
        ("content/french/objections/x.md", "the language folder “french”"),
        ("content/fr/objections/x.txt", "a file of the kind “.txt”"),
        ("content/fr/objections/README", "a file of the kind “README”"),
    ],
)
def test_a_file_in_no_place_of_ours_is_said(root: Path, problems: Inspect, path: str, what: str) -> None:
    write_text(root, path, "---\nid: x\n---\n")
    assert next((each.line, each.what) for each in problems() if each.path == path) == (1, what)


def test_hidden_files_are_not_ours(root: Path, problems: Inspect) -> None:
    write_text(root, "content/fr/.DS_Store", b"\x00")
    write_text(root, "content/.git/config", "x")
    assert problems() == []


def test_a_file_name_that_no_line_can_show_is_a_problem(root: Path, problems: Inspect) -> None:
    write_text(root, "content/fr/objections/a\nb.md", "x")
    (root / "content/fr/objections" / os.fsdecode(b"\xff.md")).write_text("x")
    assert [each.what for each in problems()] == ["the name of the file"] * 2


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_byte_order_mark_and_any_line_end_are_read(root: Path, problems: Inspect, newline: str, mark: str) -> None:
    file = root / PLAY
    text = file.read_text().replace("order: 1", "order: un")
    file.write_bytes((mark + text.replace("\n", newline)).encode())
    assert only(problems()).line == 4


def test_a_file_of_50_megabytes_is_refused_and_not_read(root: Path, problems: Inspect) -> None:
    with (root / PLAY).open("wb") as stream:
        stream.truncate(50 * 1024 * 1024)
    found = [each for each in problems() if each.path == PLAY]
    assert (only(found).what, only(found).expected) == ("51200 kB", f"at most {LARGEST // 1024} kB")


def test_links_folders_and_devices_are_refused(root: Path, problems: Inspect, tmp_path: Path) -> None:
    outside = write_text(tmp_path, "outside/secret.md", "---\nid: secret\n---\n")
    objections = root / "content/fr/objections"
    (objections / "linked.md").symlink_to(outside)
    (objections / "dangling.md").symlink_to("nowhere.md")
    (root / "content/fr/linked-folder").symlink_to(outside.parent)
    os.mkfifo(objections / "pipe.md")
    found = {each.path.rpartition("/")[2]: each.what for each in problems()}
    assert found == {
        "dangling.md": "a folder, link or device",
        "linked.md": "a folder, link or device",
        "pipe.md": "a folder, link or device",
        "linked-folder": "a file of the kind “linked-folder”",
    }


def change_question(number: int, **changes: object) -> list[dict[str, object]]:
    changed = questions()
    changed[number] = {key: value for key, value in {**changed[number], **changes}.items() if value is not None}
    return changed


@pytest.mark.parametrize(
    ("number", "changes", "near", "what"),
    [
        (1, {"key": "single"}, "- key: single", "the key “single” is also question 1"),
        (0, {"type": "essay"}, "type: essay", "“questions.1.type” is “essay”"),
        (0, {"type": None}, "- key: single", "“questions.1” is empty"),
        (0, {"points": 0}, "points: 0", "“questions.1.points” is 0"),
        (2, {"answer": "oui"}, "answer: oui", "“questions.3.answer” is “oui”"),
        (3, {"value": "beaucoup"}, "value: beaucoup", "“questions.4.value”: 'beaucoup'"),
        (3, {"tolerance": "-1"}, "tolerance: '-1'", "“questions.4.tolerance”: the tolerance -1"),
        (4, {"accepted": []}, "accepted: []", "“questions.5.accepted” is empty or too short"),
        (4, {"if_wrong": None}, "- key: short-answer", "no “questions.5.if_wrong”"),
        (0, {"read_again": "play:nowhere#know"}, "read_again: play:nowhere#know", NOWHERE),
        (0, {"read_again": "la fiche"}, "read_again: la fiche", "the link “la fiche”"),
        (0, {"text": "Voir [là](play:nowhere)."}, "text: Voir [là](play:nowhere).", NOWHERE),
        (0, {"text": "![x](y.png)"}, "text: '![x](y.png)'", "a picture from elsewhere"),
        (0, {"text": "[" * 9000}, f"text: '{'[' * 9000}'", "more than 20 “[” left open"),
    ],
)
def test_a_mistake_in_a_question_is_said_at_its_line(
    root: Path, problems: Inspect, number: int, changes: dict[str, object], near: str, what: str
) -> None:
    write_quiz(root, questions=change_question(number, **changes))
    found = only(problems())
    lines = [line.strip() for line in (root / QUIZ).read_text().split("\n")]
    if near == "- key: single" and number == 1:
        assert found.line == len(lines) - lines[::-1].index(near)
    else:
        assert found.line == lines.index(near) + 1
    assert found.what == what


def options(*right: bool) -> list[dict[str, object]]:
    return [{"text": f"Option {n}", "feedback": "Parce que.", "right": each} for n, each in enumerate(right)]


@pytest.mark.parametrize(
    ("kind", "right", "fine"),
    [
        ("single", (True, False), True),
        ("single", (False, False), False),
        ("single", (True, True), False),
        ("single", (True,), False),
        ("multiple", (True, True, False), True),
        ("multiple", (False, False), False),
        ("multiple", (True, True), False),
    ],
)
def test_a_question_has_the_right_answers_its_type_asks_for(
    root: Path, problems: Inspect, kind: str, right: tuple[bool, ...], fine: bool
) -> None:
    write_quiz(root, questions=change_question(0, type=kind, options=options(*right)))
    found = problems()
    assert (found == []) is fine
    assert all("right options" in each.what or "too short" in each.what for each in found)


def test_a_play_reads_in_under_five_minutes(root: Path, problems: Inspect) -> None:
    write_play(root, "01-prendre-contact", body=PLAY_BODY.replace("Ce qu’il faut savoir.", "mot " * 900))
    found = only(problems())
    assert found.expected == "a play read in under five minutes: at most 900 words"
    assert found.line == 7


def test_each_movement_of_a_script_has_words_to_say(root: Path, problems: Inspect) -> None:
    write_script(root, body=SCRIPT_BODY.replace("> « Est-ce que cela répond à votre question ? »", "Taisez-vous."))
    found = only(problems())
    lines = (root / SCRIPT).read_text().split("\n")
    assert (found.what, found.line) == ("nothing to say in “Contrôler”", lines.index("## Contrôler {.check}") + 1)


@pytest.mark.parametrize("quotation", ["> - « Une »\n> - « Deux »", "> « Une »\n{: .x }", "> > « Une »"])
def test_words_to_say_may_stand_in_any_quotation(root: Path, problems: Inspect, quotation: str) -> None:
    write_script(root, body=SCRIPT_BODY.replace("> « Par rapport à quoi ? »", quotation))
    assert problems() == []


@pytest.mark.parametrize(
    ("branches", "what"),
    [
        ("- [« Non »](script:trop-cher)\n- [« Oui »](script:trop-cher) ou [« Si »](script:trop-cher)", None),
        ("- « Non »\n- [a](script:trop-cher) [b](script:trop-cher)", "a branch that leads to no script"),
        ("- [« Non »](play:passer-le-standard)", "a branch that leads to no script"),
        ("[« Non »](script:trop-cher)", "“Branches” is no list"),
        ("- [« Non »](script:nulle-part)", "a link to the script “nulle-part”, which does not exist"),
    ],
)
def test_every_branch_leads_to_a_script(root: Path, problems: Inspect, branches: str, what: str | None) -> None:
    write_script(root, body=f"{SCRIPT_BODY}\n## Branches {{.branches}}\n{branches}\n")
    assert [each.what for each in problems()] == ([] if what is None else [what])


@pytest.mark.parametrize(
    ("link", "what"),
    [
        ("[x](play:nowhere)", "a link to the play “nowhere”, which does not exist"),
        ("[x](step:passer-le-standard)", "a link to the step “passer-le-standard”, which does not exist"),
        ("[x](script:trop-cher#savoir)", "a link to the part “savoir” of “trop-cher”"),
        ("[x](fiche:trop-cher)", "the link “fiche:trop-cher”"),
        ("[x](PLAY:passer-le-standard)", "the link “PLAY:passer-le-standard”"),
        ("[x](javascript:alert(1))", "the link “javascript:alert(1)”"),
        ("[x][there]\n\n[there]: play:nowhere", "a link to the play “nowhere”, which does not exist"),
        ("<a href='play:nowhere'>x</a>", None),
        ('<a href="play:nowhere">x</a>', "a link to the play “nowhere”, which does not exist"),
        ("`[x](play:nowhere)`", None),
        ("[x](script:trop-cher#answer) [y](https://example.org) [z](#ici) <a@b.fr>", None),
        ("[x](offer:lumio-atelier#limits) [y](offer:lumio-atelier#comment-ca-marche)", None),
    ],
)
def test_a_link_leads_to_something(root: Path, problems: Inspect, link: str, what: str | None) -> None:
    write_play(root, "01-prendre-contact", body=PLAY_BODY.replace("Ce qu’il faut savoir.", f"Un.\n\nDeux {link}"))
    found = problems()
    if what is None:
        assert found == []
    else:
        line = (root / PLAY).read_text().split("\n").index(f"Deux {link}".split("\n")[0]) + 1
        expected_line = line + 2 if "[there]:" in link else line
        assert (only(found).what, only(found).line) == (what, expected_line)


def test_two_files_of_one_id_are_each_told_of_the_other(root: Path, problems: Inspect) -> None:
    write_text(root, "content/fr/objections/copy.md", (root / SCRIPT).read_bytes())
    found = problems()
    assert [(each.path, each.what) for each in found] == [
        ("content/fr/objections/copy.md", f"the id “trop-cher” is also in {SCRIPT}"),
        (SCRIPT, "the id “trop-cher” is also in content/fr/objections/copy.md"),
    ]


def test_one_id_in_two_languages_is_one_document(root: Path, problems: Inspect) -> None:
    write_script(root, title="It is too expensive", language="en")
    assert problems() == []


def test_one_id_is_of_one_kind(root: Path, problems: Inspect) -> None:
    write_script(root, id="lumio-atelier", title="Too expensive", language="en")
    assert only(problems()).what.startswith("the id “lumio-atelier” is a ")


def test_a_play_stands_beside_a_step(root: Path, problems: Inspect) -> None:
    write_play(root, "02-vide", id="seule")
    assert only(problems()).what == "no step beside it"


def test_a_link_to_a_file_with_mistakes_is_no_second_mistake(root: Path, problems: Inspect) -> None:
    replace(root, "content/fr/01-prendre-contact/index.md", "order: 1", "order: un")
    assert only(problems()).what == "“order” is “un”"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("# Titre", "a heading of level 1"),
        ("##### Titre", "a heading of level 5"),
        ("![alt](image.png)", "a picture from elsewhere"),
        ("> " * 11 + "x", "quotations nested too deeply"),
        ("[" * 21 + "x", "more than 20 “[” left open"),
        ("a" * 64_001, "a text of"),
    ],
)
def test_what_a_page_cannot_show_is_said_rather_than_lost(root: Path, problems: Inspect, text: str, what: str) -> None:
    write_step(root, body=f"Un.\n\n{text}\n")
    found = only(problems())
    assert found.what.startswith(what)
    assert found.line == (10 if what == "a text of" else 12)


def test_a_category_stands_once(root: Path, problems: Inspect) -> None:
    rows = [{"id": "prix", "title": "Prix"}, {"id": "prix", "title": "Tarif"}]
    values = {"id": "categories-d-objections", "title": "Catégories", "categories": rows}
    write_text(root, "content/fr/objections/categories.yaml", yaml_of(values))
    assert only(problems()).what == "the category “prix” stands twice"


def test_a_glossary_has_words(root: Path, problems: Inspect) -> None:
    write_text(root, "content/fr/glossaire.yaml", yaml_of({"id": "glossaire", "title": "G", "terms": [{"term": "A"}]}))
    assert only(problems()).what == "no “terms.1.definition”"


def test_everything_may_be_wrong_at_once(root: Path, problems: Inspect) -> None:
    for path in sorted(root.glob("content/**/*.*")):
        path.write_bytes(b"\xff")
    found = [each for each in problems() if each.path.startswith("content/")]
    assert [each.what for each in found] == ["bytes that are not UTF-8"] * 6


def test_an_empty_library_has_no_problem(problems: Inspect, library_files: Path) -> None:
    assert problems() == []


@pytest.mark.parametrize("character", ["\n", "\u2028", "\u202e", "\u2066"])
def test_a_title_is_words_on_one_line_that_are_read_as_they_are_written(
    root: Path, problems: Inspect, character: str
) -> None:
    write_play(root, "01-prendre-contact", title=f"Un titre{character}et sa suite")
    assert any(f"U+{ord(character):04X}" in problem.what for problem in problems())


def test_quotation_marks_with_nothing_between_them_are_nothing_to_say(root: Path, problems: Inspect) -> None:
    write_script(root, body=SCRIPT_BODY.replace("Par rapport à quoi ?", " "))
    assert "nothing to say in “Creuser”" in [problem.what for problem in problems()]
