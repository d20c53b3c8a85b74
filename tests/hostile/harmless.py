"""Whether a piece of HTML can run, load or post anything: every tag and attribute is read, as a browser would."""

import re

from lxml import etree
from lxml import html as reader

from app.library.markup import ATTRIBUTES, CLASSES, TAGS

SCHEMES = {"http", "https", "mailto", "tel"}
_OWN = re.compile(r"/attachments/[0-9a-f]{64}/[a-z0-9.-]+(?:#.*)?")


def troubles(piece: str, block_names: tuple[str, ...] = ()) -> list[str]:
    """What is not harmless in rendered Markdown; empty when all of it is."""
    found = []
    for element in _elements(piece):
        tag = element.tag
        if not isinstance(tag, str):
            found.append(f"a comment or an instruction: {etree.tostring(element)!r}")
            continue
        if tag not in TAGS:
            found.append(f"the tag {tag}")
        allowed = ATTRIBUTES["*"] | ATTRIBUTES.get(tag, set()) | ({"rel"} if tag == "a" else set())
        for name, value in element.attrib.items():
            if name not in allowed:
                found.append(f"{tag} {name}={value!r}")
            elif trouble := _trouble_with_value(tag, name, str(value), block_names):
                found.append(f"{tag} {name}: {trouble}")
    return found


def _elements(piece: str) -> list[etree._Element]:
    """As a lenient parser reads it, inside a document of its own."""
    document = reader.document_fromstring(f"<!doctype html><html><body><main>{piece}</main></body></html>")
    return list(document.find(".//main").iter())[1:]


def _trouble_with_value(tag: str, name: str, value: str, block_names: tuple[str, ...]) -> str:
    if name == "class" and (strange := set(value.split()) - CLASSES - set(block_names)):
        return f"the classes {strange}"
    if name == "src" and not _OWN.fullmatch(value):
        return f"the source {value!r}"
    if name == "href":
        # As browsers read it: no space around, no tab nor line end inside.
        plain = re.sub(r"[\t\n\r]", "", value.strip("".join(map(chr, range(33))))).lower()
        scheme = re.match(r"([a-z][a-z0-9+.-]*):", plain)
        if scheme and scheme[1] not in SCHEMES:
            return f"the address {value!r}"
    return ""
