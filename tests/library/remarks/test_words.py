"""What people type: a small subset of Markdown, never anything that runs, in bounded time."""

import contextlib
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.errors import InvalidInput
from app.library.remarks import texts
from tests.pace import turns

ADDRESSES = {"play": "/plays/", "script": "/scripts/"}
CORPUS = Path(__file__).resolve().parents[2] / "hostile"

OURS = [
    "<script>alert(1)</script>a",
    "<img src=x onerror=alert(1)>a",
    "<svg/onload=alert(1)>a",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](java\tscript:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](vbscript:x)",
    "![a](https://evil.example/x.png)",
    "![a](javascript:alert(1))",
    '[a](https://e.org/" onmouseover="alert(1))',
    '[a](https://e.org "onmouseover=alert(1)")',
    '<https://e.org/"><script>alert(1)</script>>',
    'https://e.org/"onclick=alert(1)',
    "`<script>alert(1)</script>`",
    "[a]: javascript:alert(1)\n\n[a]",
    "<a href=javascript:alert(1)>a</a>",
    "<iframe src=https://evil.example></iframe>a",
    "<form action=/sign-out method=post><button>a</button></form>",
    "<style>*{display:none}</style>a",
    "a <!-- --> <b onclick=alert(1)>b</b>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    '[a](play:x"onclick=alert(1))',
    "[a](play:../../admin)",
    "[a](//evil.example)",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">a',
    "# Titre\n\n> citation\n\n---\n\n    code",
]

_TAG = re.compile(r"<[^>]*>")
_ALLOWED = re.compile(
    r"</?(?:p|strong|em|code|ul|li|ol)>|<br>|<ol start=\"\d+\">|</a>|"
    r"<a(?: href=\"(?:https?://|/plays/|/scripts/)[^\"<>]*\")? rel=\"noopener noreferrer nofollow\">"
)


def address(kind: str, document_id: str) -> str | None:
    return ADDRESSES[kind] + document_id if kind in ADDRESSES else None


def shown(text: str) -> str:
    return texts.shown(texts.checked(text), "fr", address)


def is_safe(html: str) -> bool:
    return all(_ALLOWED.fullmatch(tag) for tag in _TAG.findall(html))


def corpus() -> list[str]:
    lines = [line for file in sorted(CORPUS.rglob("*.txt")) for line in file.read_text("utf-8", "replace").splitlines()]
    return [line[: texts.LONGEST] for line in lines if line.strip()]


@pytest.mark.parametrize("text", OURS)
def test_nothing_hostile_gets_through(text: str) -> None:
    assert is_safe(shown(text)), shown(text)


def test_nothing_of_the_corpus_gets_through() -> None:
    through = []
    for text in [*OURS, *corpus()]:
        try:
            html = shown(text)
        except InvalidInput:
            continue
        if not is_safe(html):
            through.append((text, html))
    assert through == []


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="<>[]()*_`!#&;:/\\\"'=-+.0123abhjps \n\t", max_size=300))
def test_whatever_is_typed_is_safe(text: str) -> None:
    with contextlib.suppress(InvalidInput):
        assert is_safe(shown(text))


def test_the_subset_is_shown() -> None:
    html = shown("**gras** *italique* `code`\nsuite\n\n- un\n- deux\n\n1. a\n2. b")
    assert "<strong>gras</strong> <em>italique</em> <code>code</code><br>" in html
    assert "<ul>" in html
    assert "<ol>" in html


def test_what_is_not_in_it_stays_as_it_was_typed() -> None:
    html = shown("# Titre\n![image](x.png)\n> citation <b>b</b>")
    assert "# Titre" in html
    assert "![image](x.png)" in html
    assert "&gt; citation &lt;b&gt;b&lt;/b&gt;" in html


def test_links_lead_to_the_web_and_to_documents() -> None:
    html = shown("[doc](https://example.org/a) [fiche](play:passer#say) [rien](tool:x) https://example.org/b.")
    assert 'href="https://example.org/a"' in html
    assert 'href="/plays/passer#say"' in html
    assert 'href="https://example.org/b"' in html
    assert html.count("href=") == 3


@pytest.mark.parametrize(
    "text", ["", "   \n ", "?!…", "a" * 2_001, "a\x00b", "a\u202eb", "[" * 60 + "a", "a\n" * 300, None]
)
def test_what_is_no_question_is_refused(text: str | None) -> None:
    with pytest.raises(InvalidInput):
        texts.checked(text)


@pytest.mark.parametrize(
    "text", ["*a" * 1_000, "_*a" * 600, "`a" * 1_000, "- a\n" * 200, "1. " * 600 + "a", "<a" * 900, "&#x" * 600 + "a"]
)
def test_no_text_takes_long(text: str) -> None:
    def show() -> None:
        with contextlib.suppress(InvalidInput):
            shown(text)

    assert turns(show, runs=3) < 25
