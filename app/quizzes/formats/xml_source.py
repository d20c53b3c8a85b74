"""XML read safely: no document type, so no entities, no expansion, nothing fetched; bounded depth and size.

A tree of plain nodes that know their line, which the usual parsers forget.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from app.quizzes.formats import encodings

DEEPEST = 60
MOST_NODES = 600_000


class UnreadableXml(Exception):
    """The file is not the XML that we read; `line` counts from 1."""

    def __init__(self, line: int, what: str) -> None:
        self.line, self.what = line, what
        super().__init__(what)


@dataclass(slots=True)
class Node:
    """An element: its name without a prefix, its attributes likewise, and what it holds in order."""

    name: str
    attributes: dict[str, str]
    line: int
    content: list["Node | str"] = field(default_factory=list)

    @property
    def nodes(self) -> Iterator["Node"]:
        """The elements directly inside."""
        return (each for each in self.content if isinstance(each, Node))

    def all(self, *names: str) -> list["Node"]:
        """The elements of these names directly inside."""
        return [each for each in self.nodes if each.name in names]

    def first(self, *path: str) -> "Node | None":
        """The first element at a path of names."""
        found: Node | None = self
        for name in path:
            found = next((each for each in found.nodes if each.name == name), None) if found else None
        return found

    def walk(self) -> Iterator["Node"]:
        """This element and all below it, in the order of the file."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(list(node.nodes)))

    @property
    def text(self) -> str:
        """The text directly inside, spaces as they are."""
        return "".join(each for each in self.content if isinstance(each, str))

    @property
    def words(self) -> str:
        """All the text inside, spaces as they are."""
        return "".join(each if isinstance(each, str) else each.words for each in self.content)

    def text_at(self, *path: str) -> str:
        """The text of the first element at a path, trimmed; empty where there is none."""
        found = self.first(*path)
        return found.text.strip() if found else ""


class _Enough(Exception):
    """The root has as many elements as are wanted."""


def read(content: bytes, most: int = MOST_NODES) -> Node:
    """The root of an XML file; past `most` elements in it the rest is not read. Raises UnreadableXml."""
    try:
        text = encodings.decode_xml(content)
    except encodings.UnreadableText as wrong:
        raise UnreadableXml(wrong.line, wrong.what) from None
    if not text.strip():
        raise UnreadableXml(1, "an empty file, expected XML")
    return _Tree(most).read(text)


class _Tree:
    def __init__(self, most: int) -> None:
        self.most = most
        self.parser = expat.ParserCreate("utf-8")  # the text is decoded: what it declares no longer counts
        self.parser.buffer_text = True
        self.parser.buffer_size = 65_536
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.StartDoctypeDeclHandler = self.refuse_document_type
        self.parser.EntityDeclHandler = self.refuse_document_type
        self.open: list[Node] = []
        self.root: Node | None = None
        self.count = 0
        self.below_root = 0

    def read(self, text: str) -> Node:
        try:
            self.parser.Parse(text.encode("utf-8", "surrogatepass"), True)
        except _Enough:
            pass
        except expat.ExpatError as wrong:
            raise UnreadableXml(wrong.lineno, f"not well-formed XML ({expat.ErrorString(wrong.code)})") from None
        if self.root is None:
            raise UnreadableXml(1, "no element, expected XML")
        return self.root

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        line = self.parser.CurrentLineNumber
        if self.count > MOST_NODES:
            raise UnreadableXml(line, f"more than {MOST_NODES} elements")
        if len(self.open) == DEEPEST:
            raise UnreadableXml(line, f"elements nested too deeply, expected at most {DEEPEST} levels")
        if len(self.open) == 1:
            self.below_root += 1
            if self.below_root > self.most:
                raise _Enough
        node = Node(_local(name), {_local(each): value for each, value in attributes.items()}, line)
        if self.open:
            self.open[-1].content.append(node)
        else:
            self.root = node
        self.open.append(node)

    def end(self, _name: str) -> None:
        self.open.pop()

    def characters(self, data: str) -> None:
        content = self.open[-1].content
        if content and isinstance(content[-1], str):
            content[-1] += data
        else:
            content.append(data)

    def refuse_document_type(self, *_: object) -> None:
        raise UnreadableXml(
            self.parser.CurrentLineNumber, "a document type (<!DOCTYPE …>), which is refused: remove that declaration"
        )


def _local(name: str) -> str:
    return name.rpartition(":")[2]
