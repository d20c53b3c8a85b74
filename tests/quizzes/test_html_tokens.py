"""HTML cut into texts and tags, as browsers do where it is sound, and without end nowhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.quizzes.formats.html_tokens import Tag, tokens


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a &lt;b&gt; &eacute;", ["a <b> é"]),
        ("<P Class='x' id=y>a</p >", [Tag("p", {"class": "x", "id": "y"}), "a", Tag("p", is_end=True)]),
        ('<a href="http://x/?a=1&amp;b=2" HREF="y">', [Tag("a", {"href": "http://x/?a=1&b=2"})]),
        ('<br/>x<img alt="a > b" />', [Tag("br", is_alone=True), "x", Tag("img", {"alt": "a > b"}, is_alone=True)]),
        ("a<!-- <b> -->b<!DOCTYPE html>c<?php x ?>d", ["abcd"]),
        ("3 < 4 and <b", ["3 < 4 and <b"]),
        ("a <!-- never closed <b>c", ["a <!-- never closed ", Tag("b"), "c"]),
        ("<a <b>x", ["<a ", Tag("b"), "x"]),
        ("<b 'x>y", ["<b 'x>y"]),
    ],
)
def test_tags_and_texts(source: str, expected: list[str | Tag]) -> None:
    assert list(tokens(source)) == expected


def test_a_picture_that_is_written_out_does_not_make_its_tag_too_long() -> None:
    source = f'a<img src="data:image/png;base64,{"iVBOR/+=" * 100_000}" alt="plan">b'
    assert list(tokens(source)) == ["a", Tag("img", {"src": "data:", "alt": "plan"}), "b"]


@given(st.text("<>/!-?ab=\"' &;", max_size=200))
def test_whatever_is_given_no_text_is_lost(source: str) -> None:
    plain = source.replace("<", "").replace(">", "").replace("&", "")
    assert list(tokens(plain)) == ([plain] if plain else [])
    list(tokens(source))
