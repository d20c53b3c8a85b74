"""From a file's bytes to its text: UTF-8, UTF-16 with its mark, Windows-1252. What is ambiguous is refused."""

import codecs
import re

from app.quizzes.formats.model import LARGEST_FILE

_SAVE = "save the file as UTF-8"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
# Letters and signs of Western texts in UTF-8: in Windows-1252 they would be Ã, Â or â€ before a sign.
_UTF_8_LETTER = re.compile(rb"\xc3[\x80-\xbf]|\xc2[\xa0-\xbf]|\xe2\x80[\x90-\xaf]|\xc5[\x92\x93]")
# After a letter these hardly ever stand in Windows-1252: there, they are letters of CP850 or MacRoman.
_AFTER_A_LETTER = re.compile(r"[a-z][‚ƒ„ˆŠŽ‹]|[A-Za-z][†‡‰™](?=[A-Za-z])")
_FOREIGN_WORD = re.compile(r"[À-ÖØ-öø-ÿ]{3}")
_KNOWN = {
    "utf-8": "utf-8",
    "ascii": "ascii",
    "iso8859-1": "cp1252",  # as every browser reads it
    "cp1252": "cp1252",
    "iso8859-15": "iso8859-15",
}


class UnreadableText(Exception):
    """The bytes are no text that we read; `line` counts from 1."""

    def __init__(self, line: int, what: str) -> None:
        self.line, self.what = line, what
        super().__init__(what)


def decode(content: bytes, *, declared: str | None = None) -> str:
    """The text of a file, without its byte-order mark, lines ended by a line feed. Raises UnreadableText."""
    if len(content) > LARGEST_FILE:
        size = -(-len(content) // (1024 * 1024))
        raise UnreadableText(1, f"a file of {size} MB, expected at most {LARGEST_FILE // (1024 * 1024)} MB")
    text = _text(content, declared)
    found = _CONTROL.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise UnreadableText(line, f"the control character U+{ord(found[0]):04X}, expected text")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def decode_xml(content: bytes) -> str:
    """The text of an XML file, by what it declares itself to be where that can be. Raises UnreadableText."""
    found = _DECLARED.match(content[:400])
    return decode(content, declared=found[1].decode("ascii") if found else None)


def _text(content: bytes, declared: str | None) -> str:
    if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise UnreadableText(1, f"UTF-32; {_SAVE}")
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strictly(content, "utf-16")
    if content.startswith(codecs.BOM_UTF8):
        return _strictly(content[3:], "utf-8")
    if b"\0" in content[:4096] and _looks_like_utf_16(content[:4096]):
        raise UnreadableText(1, f"UTF-16 without its byte-order mark, which may be read in two ways; {_SAVE}")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
    if declared is not None:
        return _as_declared(content, declared)
    return _windows(content, line)


def _looks_like_utf_16(content: bytes) -> bool:
    """Whether two in five bytes of one kind, odd or even, are zero, and hardly any of the other."""
    even, odd = content[::2], content[1::2]
    most, least = max(even.count(0), odd.count(0)), min(even.count(0), odd.count(0))
    return 5 * most >= 2 * len(even) and least < most // 4 + 1


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as wrong:
        raise UnreadableText(
            content.count(b"\n", 0, wrong.start) + 1,
            f"bytes that are not {encoding.upper()}, which the file says it is",
        ) from None


def _as_declared(content: bytes, declared: str) -> str:
    try:
        known = _KNOWN.get(codecs.lookup(declared).name)
    except LookupError:
        known = None
    if known is None:
        raise UnreadableText(1, f"the encoding {declared}, expected UTF-8 or Windows-1252; {_SAVE}")
    return _strictly(content, known)


def _windows(content: bytes, line: int) -> str:
    """Windows-1252, where nothing speaks against it."""
    ambiguous = f"bytes that may be read in several ways (neither UTF-8 nor surely Windows-1252); {_SAVE}"
    if _UTF_8_LETTER.search(content):
        raise UnreadableText(line, f"UTF-8 and another encoding in one file; {_SAVE}")
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as wrong:
        raise UnreadableText(content.count(b"\n", 0, wrong.start) + 1, ambiguous) from None
    for doubt in (_AFTER_A_LETTER.search(text), _FOREIGN_WORD.search(text)):
        if doubt:
            raise UnreadableText(text.count("\n", 0, doubt.start()) + 1, ambiguous)
    at = text.find("¤")
    if at >= 0:
        raise UnreadableText(text.count("\n", 0, at) + 1, f"a character that is ¤ or €, by the encoding; {_SAVE}")
    return text
