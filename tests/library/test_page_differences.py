"""Two rendered texts compared: their form stays, what changed is marked, and nothing unsafe ever comes out."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.library import markup
from app.library.differences.pages import DiffBlock, page_diff
from app.library.kinds import Block
from tests.pace import turns

VOID = {"br", "hr", "img"}


def compared(old: str, new: str) -> DiffBlock:
    (block,) = page_diff([Block("know", "know", "Savoir", old)], [Block("know", "know", "Savoir", new)])
    return block


def words(html: str) -> list[str]:
    """The words of clean HTML, parted wherever a block begins or ends."""
    return sorted(markup.plain_text(re.sub(r"(</?(?:p|[uo]l|li|t|blockquote|pre|h\d|hr|br))", r" \1", html)).split())


def side(html: str, gone: str) -> list[str]:
    """The words of one side: what is marked for the other is left out."""
    return words(re.sub(rf'<{gone} class="[^"]*">.*?</{gone}>', "", html, flags=re.S))


class Balance(HTMLParser):
    """Fails on a tag that is not closed where it was opened."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag


def well_formed(html: str) -> bool:
    balance = Balance()
    balance.feed(html)
    balance.close()
    return not balance.open


def test_a_changed_word_is_marked_inside_its_paragraph() -> None:
    block = compared("<p>Le prix est de 390 € nets.</p>", "<p>Le prix est de 410 € nets.</p>")
    assert block.html == ('<p>Le prix est de <del class="was">390</del><ins class="now">410</ins> € nets.</p>')
    assert block.changed


def test_emphasis_and_links_keep_their_form_inside_what_changed() -> None:
    block = compared(
        '<p>Lisez <a href="/plays/a">la fiche du standard</a> avant tout.</p>',
        '<p>Lisez <a href="/plays/a">la fiche du barrage</a> avant tout.</p>',
    )
    assert '<a href="/plays/a" rel="noopener noreferrer">la fiche du </a><del class="was"><a' in block.html
    emphasised = compared("<p>Ne baissez jamais le prix.</p>", "<p>Ne baissez <strong>jamais</strong> le prix.</p>")
    assert '<ins class="now"><strong>jamais</strong></ins>' in emphasised.html


def test_an_item_put_in_and_one_taken_out_leave_the_list_a_list() -> None:
    block = compared(
        "<ul><li>Noter le nom</li><li>Rappeler lundi</li></ul>",
        "<ul><li>Noter le nom</li><li>Envoyer le relevé de consommation</li></ul>",
    )
    assert block.html == (
        '<ul><li>Noter le nom</li><li><del class="was">Rappeler lundi</del></li>'
        '<li><ins class="now">Envoyer le relevé de consommation</ins></li></ul>'
    )


def test_a_row_taken_out_of_a_table_is_marked_in_its_cells() -> None:
    head = "<thead><tr><th>Offre</th><th>Prix</th></tr></thead>"
    old = (
        f"<table>{head}<tbody><tr><td>Atelier</td><td>390</td></tr><tr><td>Bureau</td><td>290</td></tr></tbody></table>"
    )
    new = f"<table>{head}<tbody><tr><td>Atelier</td><td>410</td></tr></tbody></table>"
    html = compared(old, new).html
    assert '<td>Atelier</td><td><del class="was">390</del><ins class="now">410</ins></td>' in html
    assert '<tr><td><del class="was">Bureau</del></td><td><del class="was">290</del></td></tr>' in html
    assert html.startswith("<table><thead>")


def test_a_quotation_stays_a_quotation() -> None:
    block = compared("<blockquote><p>« Bonjour. »</p></blockquote>", "<blockquote><p>« Bonsoir. »</p></blockquote>")
    assert block.html == (
        '<blockquote><p>« <del class="was">Bonjour</del><ins class="now">Bonsoir</ins>. »</p></blockquote>'
    )


def test_a_heading_that_changed_and_a_new_block() -> None:
    old = [Block("", "prix", "Le prix", "<p>Un.</p>")]
    new = [Block("", "prix", "Le prix net", "<p>Un.</p>"), Block("", "delai", "Le délai", "<p>Deux.</p>")]
    first, second = page_diff(old, new)
    assert first.heading == 'Le prix<ins class="now"> net</ins>'
    assert first.changed
    assert second.html == '<p><ins class="now">Deux.</ins></p>'


def test_blocks_are_paired_by_their_name_whatever_their_heading_says() -> None:
    (block,) = page_diff([Block("say", "say", "Dire", "<p>A.</p>")], [Block("say", "say", "Parler", "<p>A.</p>")])
    assert block.heading == '<del class="was">Dire</del><ins class="now">Parler</ins>'


def test_what_did_not_change_is_gathered_but_for_what_stands_beside_a_change() -> None:
    same = [f"<p>Un paragraphe {number}.</p>" for number in range(6)]
    block = compared("".join([*same, "<p>Ancien texte.</p>"]), "".join([*same, "<p>Nouveau texte.</p>"]))
    assert [(part.changed, part.elements, part.may_fold) for part in block.parts] == [
        (False, 5, True),
        (False, 1, False),
        (True, 1, False),
    ]


def test_the_same_text_wrapped_otherwise_does_not_differ() -> None:
    assert not compared("<p>Un deux\ntrois</p>\n", "<p>Un deux trois</p>").changed


def test_an_abbreviation_that_the_glossary_explains_is_no_change() -> None:
    assert not compared('<p>La <abbr title="x">MESORE</abbr>.</p>', "<p>La MESORE.</p>").changed


def test_lines_of_code_keep_their_ends() -> None:
    block = compared("<pre><code>un\n  deux\n</code></pre>", "<pre><code>un\n  trois\n</code></pre>")
    assert "un\n  " in block.html
    assert '<ins class="now"><code>trois</code></ins>' in block.html


def test_a_picture_that_was_replaced_is_shown_twice_and_one_from_elsewhere_never() -> None:
    old = '<p>Voici <img class="attached" src="/attachments/aa/a.png" alt="Un" width="4" height="3" loading="lazy"></p>'
    html = compared(old, old.replace("/aa/", "/bb/")).html
    assert '<del class="was"><img class="attached" src="/attachments/aa/a.png" alt="Un"' in html
    assert '<ins class="now"><img class="attached" src="/attachments/bb/a.png" alt="Un"' in html
    assert "evil" not in compared("<p>a</p>", '<p>a <img src="https://evil.example/x.png" alt="x"></p>').html


PIECES = (
    *("<p>", "</p>", "<ul>", "</ul>", "<li>", "</li>", "<strong>", "</strong>", "<em>", "</em>", "<br>", "<hr>"),
    "<img src='/attachments/a/b.png' alt='x'>",
    *(
        "<table>",
        "</table>",
        "<tr>",
        "</tr>",
        "<td>",
        "</td>",
        "<blockquote>",
        "</blockquote>",
        "<a href='/x'>",
        "</a>",
    ),
    *("mot ", "prix ", "390,00 € ", "l’offre ", "&amp; ", "&lt;b&gt; ", "\n", "<pre>", "</pre>", "<h3>", "</h3>"),
)
tangles = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@given(tangles, tangles)
def test_whatever_comes_in_the_result_is_well_formed_and_holds_both_texts(old: str, new: str) -> None:
    old, new = (markup._Cleaning("en", lambda _kind, _id: None).clean(each) for each in (old, new))
    block = compared(old, new)
    assert well_formed(block.html)
    assert side(block.html, "ins") == words(old)
    assert side(block.html, "del") == words(new)


HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    '<p onclick="alert(1)" style="position:fixed">x</p>',
    '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
    "<style>*{display:none}</style>",
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<p class="btn btn-primary" id="ack">x</p>',
    "<math><mi//xlink:href='data:x,<script>alert(4)</script>'>",
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<textarea><img src=x onerror=alert(1)></textarea>",
    "<!--><script>alert(1)</script>-->",
    "<p title='a\"><script>alert(1)</script>'>x</p>",
    "<form action=/people><input name=q><button>go</button></form>",
    '<ins class="now btn">faux</ins>',
)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_nothing_that_runs_or_looks_like_ours_comes_out(hostile: str) -> None:
    for old, new in ((hostile, "<p>propre</p>"), ("<p>propre</p>", hostile), (hostile, hostile)):
        html = compared(old, new).html
        tags = set(re.findall(r"<([a-z0-9]+)", html))
        assert tags <= markup.TAGS, html
        inside = " ".join(re.findall(r"<[^>]*>", html))
        assert not re.search(r"\son\w+=|javascript:|data:|style=|\sid=|btn|src=", inside), html


def test_text_that_only_looks_like_markup_stays_text() -> None:
    html = compared("<p>a</p>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>").html
    assert "<script" not in html
    assert "&lt;" in html


BIG = {
    "many paragraphs": ("<p>a</p>" * 15_000, "<p>b</p>" * 15_000),
    "many other paragraphs": (
        "".join(f"<p>mot{n}</p>" for n in range(5_000)),
        "".join(f"<p>nom{n}</p>" for n in range(5_000)),
    ),
    "one long paragraph": ("<p>" + "a b " * 16_000 + "</p>", "<p>" + "b a c " * 10_000 + "</p>"),
    "deep": ("<div>" * 9_000 + "a" + "</div>" * 9_000, "<div>" * 9_000 + "b" + "</div>" * 9_000),
    "deep inline": ("<em>" * 9_000 + "a" + "</em>" * 9_000, "<strong>" * 9_000 + "a" + "</strong>" * 9_000),
    "cells": (
        "<table><tr>" + "<td>a</td>" * 6_000 + "</tr></table>",
        "<table><tr>" + "<td>b</td>" * 5_000 + "</tr></table>",
    ),
}


@pytest.mark.parametrize("name", BIG)
def test_no_page_holds_us_up(name: str) -> None:
    old, new = BIG[name]
    blocks: list[DiffBlock] = []
    assert turns(lambda: blocks.append(compared(old, new))) < 200
    assert blocks[0].changed
