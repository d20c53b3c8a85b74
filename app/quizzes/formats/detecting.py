"""Which format a file is of, by what is in it."""

import re

from app.quizzes.formats import encodings

_SEEN = 200_000  # characters that are looked at
_ROOT = re.compile(r"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")
_QTI = ("assessmentItem", "assessmentTest", "questestinterop", "manifest")
_YAML = re.compile(r"^questions:\s*(?:\[|#.*)?$", re.MULTILINE)
_AIKEN = re.compile(r"^\s*ANSWER\s*:\s*[A-Za-z][.)]?\s*$", re.MULTILINE | re.IGNORECASE)
_OPTION = re.compile(r"^\s*[A-Za-z][.)]", re.MULTILINE)
_GIFT = re.compile(r"(?<!\\)\{[^{}]*(?<!\\)\}")
_HEADER = re.compile(r"""(?:^|[,;\t])["']?(type|text)["']?(?=$|[,;\t])""")


def format_of(content: bytes) -> str | None:
    """The name of its format; None when it may be of several, or of none."""
    if content.startswith(b"PK"):
        return "qti"
    try:
        text = encodings.decode_xml(content[: 4 * _SEEN])[:_SEEN]
    except encodings.UnreadableText:
        try:
            text = content[: 4 * _SEEN].decode("utf-8", "ignore")[:_SEEN]
        except ValueError:
            return None
    text = text.lstrip("\ufeff \t\r\n")
    if text.startswith("<"):
        root = _ROOT.search(text)
        name = root[1] if root else ""
        return "moodle-xml" if name == "quiz" else "qti" if name in _QTI or name.startswith("qti-") else None
    if len(set(_HEADER.findall(text.split("\n", 1)[0].lower()))) == 2:
        return "csv"
    found = {
        "yaml": bool(_YAML.search(text)),
        "aiken": bool(_AIKEN.search(text) and _OPTION.search(text)),
        "gift": bool(_GIFT.search(text)),
    }
    if found["yaml"]:
        return "yaml"
    likely = [name for name, is_so in found.items() if is_so]
    return likely[0] if len(likely) == 1 else None
