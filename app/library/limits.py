"""How large and how entangled a text may be: what bounds the time that rendering it takes.

Python-Markdown looks, from every opening bracket, for the one that closes it. A text with thousands left open takes
minutes instead of milliseconds; one that an author meant has a handful.
"""

import re
from dataclasses import dataclass

LONGEST_TEXT = 64_000  # characters: forty times what a play may hold
MOST_OPEN = 20
DEEPEST_QUOTATION = 10
DEEPEST_INDENT = 80  # columns: twenty levels of list
MOST_LINES = 5_000
MOST_HEADINGS = 500  # and rules: each is parted from all that follows it
MOST_ABBREVIATIONS = 300  # defined in one text: each is looked for at every word
MOST_MARKS = 4_000  # runs of * _ and ` in a paragraph: each looks for its end

_MARKS = re.compile(r"\n[ \t]*(?=\n)|[\[\]]|(?<=\])\(|\)|<(?=[A-Za-z/!?])|>")
_QUOTATION = re.compile(rf"[ \t]*(?:>[ \t]*){{{DEEPEST_QUOTATION + 1}}}")
_PARTS = re.compile(r"[ ]{0,3}(?:#|(?:[-*_][ ]*){3,}$|[-=]+[ ]*$)")
_ABBREVIATION = re.compile(r"[ ]{0,3}\*\[")
_RUN = re.compile(r"\*+|_+|`+")
_OPENS = {"[": "]", "(": ")", "<": ">"}


@dataclass
class TooComplex(Exception):
    """A text that could not be rendered in reasonable time; `line` counts from 1 within the text."""

    line: int
    what: str
    expected: str


def hold(text: str) -> None:
    """Raise TooComplex at the first line that goes beyond a limit. Takes one pass over the text."""
    if len(text) > LONGEST_TEXT:
        raise TooComplex(1, f"a text of {len(text)} characters", f"at most {LONGEST_TEXT}")
    for number, line in enumerate(text.split("\n"), start=1):
        if _QUOTATION.match(line):
            raise TooComplex(number, "quotations nested too deeply", f"at most {DEEPEST_QUOTATION} levels")
        if len(line) - len(line.lstrip(" \t")) > DEEPEST_INDENT and line.strip():
            raise TooComplex(number, "a line indented too far", f"at most {DEEPEST_INDENT} columns")
    _hold_counts(text)
    _hold_brackets(text)


def _hold_counts(text: str) -> None:
    """Count what costs more the more there is of it, wherever it stands."""
    headings = abbreviations = marks = 0
    for number, line in enumerate(text.split("\n"), start=1):
        headings += _PARTS.match(line) is not None
        abbreviations += _ABBREVIATION.match(line) is not None
        marks = marks + len(_RUN.findall(line)) if line.strip() else 0
        for found, most, what in (
            (number, MOST_LINES, "lines"),
            (headings, MOST_HEADINGS, "headings and rules"),
            (abbreviations, MOST_ABBREVIATIONS, "abbreviations"),
            (marks, MOST_MARKS, "marks such as * _ ` in a paragraph"),
        ):
            if found > most:
                raise TooComplex(number, f"more than {most} {what}", "a shorter text, or several")


def _hold_brackets(text: str) -> None:
    """Count what is open. Brackets end with their paragraph; a tag may go on to the end of the text."""
    opened = dict.fromkeys(_OPENS.values(), 0)
    for mark in _MARKS.finditer(text):
        sign = mark[0][-1:]
        if sign in _OPENS:
            closing = _OPENS[sign]
            opened[closing] += 1
            if opened[closing] > MOST_OPEN:
                line = text.count("\n", 0, mark.start()) + 1
                raise TooComplex(line, f"more than {MOST_OPEN} “{sign}” left open", f"“{closing}” after each")
        elif sign in opened:
            opened[sign] = max(0, opened[sign] - 1)
        else:
            opened["]"] = opened[")"] = 0
