"""Writing changed values back into a YAML text: what did not change keeps every byte."""

import copy
import random
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from app.config import PROJECT
from app.library import yaml_source
from app.library.yaml_alignment import align, same
from app.library.yaml_scalars import written
from app.library.yaml_source import YamlError
from app.library.yaml_writing import write

SHIPPED = sorted(
    file
    for folder in ("content", "quizzes")
    for file in (PROJECT / folder).rglob("*")
    if file.suffix in (".md", ".yaml")
)


def yaml_of(file: Path) -> str:
    text = file.read_text()
    return text[4:].split("\n---\n", 1)[0] + "\n" if file.suffix == ".md" else text


def read(text: str) -> Any:
    return yaml_source.read(text).value


QUIZ = """\
# The quiz on prices.
id: quiz-prix   # never changes
title: "Défendre le prix"
pass_mark: 80

# Fifteen minutes are enough.
time_limit_minutes: 15
tags: [ argent, 'confort' ]
questions:
  # the easy one first
  - key: remises
    text: >-
      Vous accordez 10 % puis 5 %
      de remise.
    options:
    - text: 1 026 €
      right: yes
    - {text: 1 020 €, right: no}

  # then the hard one
  - key: marge
    text: |
      Une ligne.

      Une autre.
    value: "160.50"  # exact
    options: []
"""


def test_nothing_changed_gives_the_same_text() -> None:
    assert write(QUIZ, read(QUIZ)) == QUIZ


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.name)
def test_a_shipped_file_whose_title_changes_changes_in_that_line_alone(file: Path) -> None:
    text = yaml_of(file)
    values = read(text)
    assert write(text, values) == text
    changed = write(text, {**values, "title": "Autre : titre"})
    assert read(changed) == {**values, "title": "Autre : titre"}
    different = [pair for pair in zip(text.split("\n"), changed.split("\n"), strict=True) if pair[0] != pair[1]]
    assert [new for _, new in different] == ['title: "Autre : titre"']


def changed(**values: Any) -> str:
    return write(QUIZ, {**read(QUIZ), **values})


def test_a_value_keeps_its_quotation_marks_and_the_comment_of_its_line() -> None:
    assert changed(title="Tenir le prix") == QUIZ.replace("Défendre le prix", "Tenir le prix")
    assert changed(id="prix") == QUIZ.replace("id: quiz-prix   #", "id: prix   #")


def test_a_number_in_quotes_stays_in_quotes_and_a_plain_one_plain() -> None:
    values = read(QUIZ)
    values["questions"][1]["value"] = "161.00"
    assert write(QUIZ, values) == QUIZ.replace('"160.50"  # exact', '"161.00"  # exact')
    assert changed(pass_mark=85) == QUIZ.replace("80", "85")


def test_a_new_key_stands_after_the_one_it_follows() -> None:
    values: dict[str, Any] = {}
    for key, value in read(QUIZ).items():
        values[key] = value
        if key == "title":
            values["step"] = "presenter"
    assert write(QUIZ, values) == QUIZ.replace('prix"\n', 'prix"\nstep: presenter\n', 1)


def test_a_key_that_goes_takes_the_comment_just_above_it_and_no_other() -> None:
    values = read(QUIZ)
    del values["time_limit_minutes"]
    gone = "\n\n# Fifteen minutes are enough.\ntime_limit_minutes: 15"
    assert write(QUIZ, values) == QUIZ.replace(gone, "")
    values = read(QUIZ)
    del values["pass_mark"]
    assert write(QUIZ, values) == QUIZ.replace("pass_mark: 80\n", "")


def test_a_row_that_moves_takes_its_comment_along() -> None:
    values = read(QUIZ)
    values["questions"].reverse()
    result = write(QUIZ, values)
    assert result.index("# then the hard one") < result.index("key: marge") < result.index("key: remises")
    assert same(read(result), values)
    assert sorted(result.split("\n")) == sorted(QUIZ.split("\n"))


def test_a_text_of_several_lines_becomes_a_block_with_its_comment_beside_the_sign() -> None:
    assert changed(id="un\ndeux").startswith("# The quiz on prices.\nid: |-   # never changes\n  un\n  deux\ntitle:")


def test_a_long_text_is_folded_and_one_in_quotes_stays_on_its_line() -> None:
    long = "mot " * 60 + "fin"
    values = read(QUIZ)
    values["questions"][0]["note"] = long
    result = write(QUIZ, values)
    assert max(map(len, result.split("\n"))) < 120
    assert f'title: "{long}"\n' in changed(title=long)


def test_a_list_in_brackets_stays_there_and_grows_into_rows_when_it_is_long() -> None:
    assert "tags: [ argent, 'confort', securite ]\n" in changed(tags=["argent", "confort", "securite"])
    assert "tags: [ 'confort' ]\n" in changed(tags=["confort"])
    sentence = "Une phrase assez longue pour qu’elle ait sa ligne, avec une virgule et le reste."
    assert f'tags:\n  - argent\n  - {sentence}\n  - "non : pas si vite"\n' in changed(
        tags=["argent", sentence, "non : pas si vite"]
    )


def test_a_list_that_empties_and_one_that_fills() -> None:
    values = read(QUIZ)
    values["questions"][1]["options"] = [{"text": "oui", "right": True}]
    result = write(QUIZ, values)
    assert "    options:\n      - text: oui\n        right: true\n" in result
    values["questions"] = []
    assert write(QUIZ, values).endswith("questions: []\n  # the easy one first\n")


@pytest.mark.parametrize(
    "word", ["yes", "No", "on", "off", "null", "~", "007", "1_000", "12:30", "2026-11-24", "a: b", "a #b", "- a", "? a"]
)
def test_a_word_that_yaml_would_take_for_something_else_is_quoted(word: str) -> None:
    text = write("a: mot\nb: [mot]\n", {"a": word, "b": [word], "c": word})
    assert read(text) == {"a": word, "b": [word], "c": word}
    assert text.count(f'"{word}"') == 3


@pytest.mark.parametrize(
    "word", ["&ancre", "*alias", "!tag", "%", "@", "`", "<<", "=", "|", ">", "{", "[", "'", '"', ""]
)
def test_no_anchor_alias_tag_or_sign_is_ever_left_bare(word: str) -> None:
    assert read(write("a: mot\n", {"a": word, "b": [word, {word or "x": word}]})) == {
        "a": word,
        "b": [word, {word or "x": word}],
    }


def test_line_ends_of_the_file_are_kept() -> None:
    text = QUIZ.replace("\n", "\r\n")
    values = read(text)
    values["questions"].append({"key": "neuve", "text": "a\nb"})
    result = write(text, values)
    assert "\n" not in result.replace("\r\n", "")
    assert same(read(result), values)


def test_what_is_no_mapping_is_refused() -> None:
    for text in ("", "- a\n", "a: [\n"):
        with pytest.raises(YamlError):
            write(text, {"a": 1})


def test_lists_with_question_marks_or_flow_at_the_top_are_written_anew() -> None:
    assert read(write("? a\n: 1\n", {"a": 2})) == {"a": 2}
    assert read(write("{a: 1, b: [x]}", {"a": 2, "b": ["x"]})) == {"a": 2, "b": ["x"]}


def test_rows_are_known_again() -> None:
    one, two, three = {"k": "a", "t": 1, "u": "x"}, {"k": "b", "t": 1, "u": "y"}, {"k": "c", "t": 1, "u": "z"}
    assert align([one, two, three], [three, {**one, "u": "w"}, two]) == [2, 0, 1]
    assert align([one, two], [one, {"k": "d", "t": 9, "u": "q"}, two]) == [0, None, 1]


TEXTS = st.one_of(
    st.text(max_size=30),
    st.text(alphabet=" \n\t:#-'\"[]{}&*!|>%@`,?é’«»0123\u00a0\u2028\x85yno~.", max_size=30),
    st.sampled_from(
        ["yes", "no", "on", "007", "1e3", "0x1F", "2026-11-24", "12:30:45", "", " ", "\n", "---", "null", "~"]
    ),
    st.text(alphabet="mots ", min_size=100, max_size=300),
).filter(lambda text: not re.search(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]", text))
SCALARS = st.one_of(
    TEXTS, st.integers(-(10**6), 10**6), st.booleans(), st.none(), st.decimals("-999.99", "999.99", places=2)
)
KEYS = st.text(alphabet="abcdé_ -", min_size=1, max_size=8).filter(lambda key: bool(key.strip()))
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)
DOCUMENTS = st.dictionaries(KEYS, VALUES, min_size=1, max_size=5)


@given(TEXTS, st.booleans(), st.sampled_from([None, "", "'", '"', "|", ">"]))
def test_every_text_reads_as_it_was_written(text: str, flow: bool, style: str | None) -> None:
    shown = written(text, flow=flow, style=style)
    assert read(f"k: [{shown}]\n" if flow else f"k: {shown}\n") == {"k": [text] if flow else text}


def messy(values: dict[str, Any], seed: int) -> str:
    """The values as somebody careless would write them: styles mixed, comments and blank lines anywhere."""
    chance = random.Random(seed)
    plain = yaml.safe_load(yaml.safe_dump(_without_decimals(values)))
    text = yaml.safe_dump(
        plain,
        allow_unicode=chance.random() < 0.8,
        sort_keys=False,
        default_flow_style=chance.choice([None, False, False, False, True]),
        default_style=chance.choice([None, None, None, '"', "'", "|"]),
        indent=chance.choice([2, 3, 4]),
        width=chance.choice([20, 60, 1000]),
    )
    lines = []
    for line in text.split("\n"):
        if chance.random() < 0.2:
            lines.append(chance.choice(["", "# a comment", "    # further in", "  "]))
        lines.append(line + (chance.choice(["  # beside", " "]) if chance.random() < 0.2 else ""))
    return chance.choice(["\n", "\n", "\r\n"]).join(lines)


def _without_decimals(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_decimals(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_without_decimals(each) for each in value]
    return float(value) if isinstance(value, Decimal) else value


@given(DOCUMENTS, st.integers(0, 10**6), st.data())
def test_the_values_asked_for_are_the_values_read_and_the_other_keys_keep_their_text(
    values: dict[str, Any], seed: int, data: st.DataObject
) -> None:
    text = messy(values, seed)
    try:
        old = read(text)
    except YamlError:
        old = None
    assume(isinstance(old, dict) and old)
    assert write(text, old) == text
    key = data.draw(st.sampled_from(list(old)))
    new = {**old, key: data.draw(VALUES)}
    if data.draw(st.booleans()):
        new[data.draw(KEYS)] = data.draw(VALUES)
    result = write(text, new)
    assert same(read(result), new)
    if not text.lstrip().startswith("{"):
        for line in re.findall(r"^.*# a comment$", text, flags=re.M):
            assert line in result or key in old


@given(st.lists(st.dictionaries(KEYS, TEXTS, min_size=1, max_size=3), min_size=1, max_size=6), st.data())
def test_rows_added_moved_and_removed_leave_the_others_as_they_are(
    rows: list[dict[str, str]], data: st.DataObject
) -> None:
    text = write("before: 1\nrows: []\nafter: 'x'  # stays\n", {"before": 1, "rows": rows, "after": "x"})
    assume(same(read(text), {"before": 1, "rows": rows, "after": "x"}))
    new = [copy.deepcopy(row) for row in data.draw(st.permutations(rows))][: data.draw(st.integers(0, len(rows)))]
    if data.draw(st.booleans()):
        new.insert(data.draw(st.integers(0, len(new))), {"a": "neuve"})
    result = write(text, {"before": 1, "rows": new, "after": "x"})
    assert same(read(result), {"before": 1, "rows": new, "after": "x"})
    assert result.startswith("before: 1\nrows:")
    assert result.endswith("\nafter: 'x'  # stays\n")
