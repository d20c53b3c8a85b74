"""Dressing rendered bodies for the page: quotations to say aloud, tables that scroll, abbreviations explained once.

The HTML that comes in was cleaned by the library; what goes out adds only classes, roles and links of our own.
"""

import html
import re
from collections.abc import Callable, Mapping

_TAG = re.compile(r"<[^>]+>")
_PIECE = re.compile(r"(<abbr[^>]*>[^<]*</abbr>|<[^>]+>)")
_QUOTATION = re.compile(r"<blockquote>(.*?)</blockquote>", flags=re.S)
_TABLE = re.compile(r"<table>(.*?)</table>", flags=re.S)
_ROW = re.compile(r"<tr>(.*?)</tr>", flags=re.S)
_CELL = re.compile(r"<(t[hd])([^>]*)>(.*?)</\1>", flags=re.S)
_FIGURE = re.compile(r"[−+–-]?€?\d[\d\s.,]*(?:€|%|h|kWh|W|min)?")
_UNLINKED = ("a", "h3", "h4")


class Dresser:
    """Dresses the blocks of one document, in reading order: what was explained once is not explained again.

    `definitions` gives the glossary's anchor of an abbreviation; `table_label` makes the spoken name of a table
    from its column headings.
    """

    def __init__(self, definitions: Mapping[str, str], table_label: Callable[[str], str]) -> None:
        self._definitions = definitions
        self._table_label = table_label
        self._explained: set[str] = set()

    def dress(self, markup: str) -> str:
        """The same HTML, dressed."""
        spoken = _QUOTATION.sub(lambda found: _said(found[1]), markup)
        tabled = _TABLE.sub(lambda found: self._table(found[1]), spoken)
        return self._abbreviations(tabled) if "<abbr" in tabled else tabled

    def _table(self, inside: str) -> str:
        rows = [[(cell[1], cell[2], cell[3]) for cell in _CELL.finditer(row[1])] for row in _ROW.finditer(inside)]
        if not rows or "<thead>" not in inside:
            return f"<table>{inside}</table>"
        headings = [_plain(text) for _, _, text in rows[0]]
        figures = {column for column in range(len(headings)) if _is_figures(rows[1:], column)}
        label = html.escape(self._table_label(", ".join(filter(None, headings))))
        head = "".join(_cell(cell, column, figures, head=True) for column, cell in enumerate(rows[0]))
        # An empty first heading says that the first column names its rows.
        named = not headings[0]
        body = "".join(
            "<tr>"
            + "".join(_cell(cell, column, figures, names=named and column == 0) for column, cell in enumerate(row))
            + "</tr>"
            for row in rows[1:]
        )
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        return f'<div class="sheet" role="group" tabindex="0" aria-label="{label}">{table}</div>'

    def _abbreviations(self, markup: str) -> str:
        """The first of each is underlined and leads to the glossary; the others are plain words."""
        inside: list[str] = []

        def dressed(piece: str) -> str:
            if piece.startswith("<abbr"):
                return self._abbreviation(piece, may_explain=not inside)
            name = piece.strip("</>").split()[0] if piece.startswith("<") else ""
            if name in _UNLINKED and not piece.startswith("</"):
                inside.append(name)
            elif name in _UNLINKED and inside:
                inside.pop()
            return piece

        return "".join(map(dressed, _PIECE.split(markup)))

    def _abbreviation(self, markup: str, *, may_explain: bool) -> str:
        word = _plain(markup)
        if word in self._explained or not may_explain:
            return html.escape(word, quote=False)
        self._explained.add(word)
        anchor = self._definitions.get(word)
        return f'<a class="term" href="/glossary#{anchor}">{markup}</a>' if anchor else markup


def _said(inside: str) -> str:
    return "<blockquote>" + inside.strip().replace("<p>", '<p class="say">') + "</blockquote>"


def _plain(markup: str) -> str:
    return html.unescape(_TAG.sub("", markup)).strip()


def _is_figures(rows: list[list[tuple[str, str, str]]], column: int) -> bool:
    """Whether a column holds figures, which read best set to the right; a few words among them do not matter."""
    texts = [_plain(row[column][2]) for row in rows if column < len(row)]
    figures = sum(bool(_FIGURE.fullmatch(text)) for text in texts)
    return column > 0 and figures * 3 >= len(texts) * 2 > 0


def _cell(
    cell: tuple[str, str, str], column: int, figures: set[int], *, head: bool = False, names: bool = False
) -> str:
    _, attributes, text = cell
    look = ' class="num"' if column in figures and "class=" not in attributes else ""
    if head and not _plain(text):
        return "<td></td>"
    if head:
        return f'<th scope="col"{attributes}{look}>{text}</th>'
    return f'<th scope="row"{attributes}>{text}</th>' if names else f"<td{attributes}{look}>{text}</td>"
