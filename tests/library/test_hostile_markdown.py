"""Texts made to run something: whatever the place they stand in, nothing of them reaches a page.

A browser has the last word in tests/browser/test_hostile_markdown.py.
"""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.library import limits, markup
from app.library.attachments import shelf
from app.library.attachments.shelf import Held
from app.library.differences import words
from tests import hostile
from tests.hostile.harmless import troubles

SHELF = {
    "plan.png": Held("plan.png", "a" * 64, "image/png", 9, 40, 20),
    "tarifs.pdf": Held("tarifs.pdf", "b" * 64, "application/pdf", 9),
}


@pytest.fixture(autouse=True)
def on_the_shelf() -> Iterator[None]:
    with shelf.looking_in(SHELF.get):
        yield


def address(kind: str, document_id: str) -> str | None:
    return f"/{kind}s/{document_id}"


def render(text: str, language: str = "fr", **words: str) -> markup.Rendered:
    return markup.render(
        text, language=language, address=address, block_names=("know",), abbreviations=words, reserved=("limits",)
    )


def wrong_with(rendered: markup.Rendered) -> list[str]:
    found = [trouble for block in rendered.blocks for trouble in troubles(block.html, ("know",))]
    anchors = [block.anchor for block in rendered.blocks] + list(rendered.anchors)
    return found + [f"the anchor {anchor!r}" for anchor in anchors if anchor in markup.PAGE_IDS or '"' in anchor]


def test_there_are_many_and_each_is_there_once() -> None:
    vectors = hostile.vectors()
    assert len(vectors) == len(set(vectors)) >= 300
    assert len(hostile.markdown()) >= 100


@pytest.mark.parametrize("place", hostile.PLACES)
def test_nothing_of_it_reaches_the_page(place: str) -> None:
    make = hostile.PLACES[place]
    found = {}
    for vector in hostile.vectors():
        try:
            wrong = wrong_with(render(make(vector)))
        except limits.TooComplex:
            continue
        if wrong:
            found[vector] = wrong
    assert found == {}


def test_nor_from_the_glossary() -> None:
    found = {}
    for vector in hostile.vectors():
        if wrong := wrong_with(render(f"Un MOT et {vector}.", MOT=vector, **{vector[:40]: "x"})):
            found[vector] = wrong
    assert found == {}


def test_nor_from_a_short_text() -> None:
    found = {}
    for vector in hostile.vectors():
        if wrong := troubles(markup.inline(vector, language="fr", address=address)):
            found[vector] = wrong
    assert found == {}


def test_what_a_document_link_can_name_stays_an_address() -> None:
    found = {}
    for vector in hostile.vectors():
        for scheme in ("play", "attachment", "script"):
            text = f"[x](<{scheme}:{vector.replace(chr(10), ' ')}#{vector.replace(chr(10), ' ')}>)"
            if wrong := wrong_with(render(text)):
                found[vector] = wrong
    assert found == {}


def test_words_of_a_text_are_words() -> None:
    """What search and lists show is text; it is escaped where it is shown."""
    for vector in hostile.vectors():
        for block in render(hostile.PLACES["heading"](vector)).blocks:
            assert "<img class" not in markup.plain_text(block.html)
            assert "wzxhzdk" not in block.heading or "wzxhzdk" in vector


def test_a_difference_gives_back_both_texts_and_no_markup_of_its_own() -> None:
    for vector in hostile.vectors():
        pieces = words.diff(f"avant {vector} après", f"avant {vector[::-1]} après")
        assert "".join(piece.text for piece in pieces if piece.state != "now") == f"avant {vector} après"
        assert {piece.state for piece in pieces} <= {"same", "was", "now"}


FRAGMENTS = st.sampled_from(
    [
        *(
            "<",
            ">",
            '"',
            "'",
            "`",
            "&",
            "[",
            "](",
            ")",
            "![",
            "{",
            "}",
            ":",
            "=",
            "/",
            "\\",
            "\n",
            "\n\n",
            " ",
            "\t",
            "|",
        ),
        *("attachment:plan.png", "attachment:tarifs.pdf", "javascript:", "data:text/html,", "onerror=alert(1)"),
        *("<img ", "<a ", "<svg ", "<script>", "</script>", "<style>", "<!--", "-->", "<math>", 'src="', 'href="'),
        *('title="', 'alt="', "{: ", "#content", ".btn", "## ", "[^1]", "[^1]: ", "*[x]: ", "!!! note ", "- [ ] "),
        *("```", "> ", "1. ", "wzxhzdk:0", "klzzwxh:0001", "\x02", "\x03", "&lt;", "&#106;", "\u2028", "é", "x", ": "),
    ]
)


@settings(max_examples=600, deadline=None)
@given(st.lists(FRAGMENTS | st.sampled_from(hostile.vectors()), max_size=14))
def test_nor_when_pieces_are_put_together_at_random(pieces: list[str]) -> None:
    with shelf.looking_in(SHELF.get):
        try:
            assert wrong_with(render("".join(pieces))) == []
        except (limits.TooComplex, RecursionError):
            return


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300), st.sampled_from(sorted(hostile.PLACES)))
def test_nor_from_any_text_in_any_place(text: str, place: str) -> None:
    with shelf.looking_in(SHELF.get):
        try:
            assert wrong_with(render(hostile.PLACES[place](text))) == []
        except (limits.TooComplex, RecursionError):
            return


def test_a_picture_is_made_from_what_it_is_alone() -> None:
    text = '![" onerror="alert(1)](attachment:plan.png "a b"){#x .btn style="x" width="9"}'
    assert render(text, language="en").blocks[0].html == (
        f'<p><img class="attached" src="/attachments/{"a" * 64}/plan.png" alt="&quot; onerror=&quot;alert(1)" '
        'title="a b" width="40" height="20" loading="lazy"></p>'
    )
