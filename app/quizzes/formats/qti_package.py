"""QTI files: one item, or a package of them (a zip with a manifest), read without ever writing to the disk."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from app.quizzes.formats import xml_source
from app.quizzes.formats.answers import Unusable
from app.quizzes.formats.collecting import Collector, settle, with_matches
from app.quizzes.formats.lines import one_line
from app.quizzes.formats.markup import Text
from app.quizzes.formats.model import FULL, LARGEST_FILE, Question, Reading, Type
from app.quizzes.formats.numbers_of import with_best_number
from app.quizzes.formats.qti_body import text_of
from app.quizzes.formats.qti_processing import RIGHT, WRONG
from app.quizzes.formats.qti_reader import Item
from app.quizzes.formats.xml_source import Node, UnreadableXml

MANIFEST = "imsmanifest.xml"
MOST_ENTRIES = 20_000
LARGEST_ITEM = 2 * 1024 * 1024
LARGEST_UNPACKED = 60 * 1024 * 1024
# Types whose feedback for any right or wrong answer is kept as such.
_TOLD = (Type.MATCHING, Type.CATEGORIES, Type.ORDERING, Type.GAPS)
_ENTRY = b"PK\x01\x02"


@dataclass(frozen=True)
class _File:
    """An item of a package: where it lies, its tags in the manifest."""

    path: str
    tags: tuple[str, ...] = ()


def read(content: bytes) -> Reading:
    """The questions of an item or of a package."""
    collector = Collector()
    if len(content) > LARGEST_FILE:
        size = -(-len(content) // (1024 * 1024))
        collector.wrong(1, f"a file of {size} MB, expected at most {LARGEST_FILE // (1024 * 1024)} MB")
    elif content.startswith(b"PK"):
        try:
            _Package(collector, content).read()
        except _Refused as wrong:
            collector.wrong(1, str(wrong))
    else:
        _item(collector, content, "", ())
    return collector.reading


class _Refused(Exception):
    """A package that is not unpacked; the message says why."""


class _Package:
    def __init__(self, collector: Collector, content: bytes) -> None:
        self.collector = collector
        if content.count(_ENTRY) > MOST_ENTRIES:
            raise _Refused(f"a package of more than {MOST_ENTRIES} files")
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as wrong:
            raise _Refused(f"a zip file that cannot be read ({wrong})") from None
        self.names = {each.filename for each in self.zip.infolist()}
        self.unpacked = 0

    def read(self) -> None:
        for name in sorted(self.names):
            if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name[:3]:
                self.collector.wrong(1, f"the file name “{name[:80]}” leads out of the package: not read")
        count = 0
        for file in self.files():
            if self.collector.is_full:
                self.collector.reading.too_many(1)
                return
            count += 1
            content = self.bytes_of(file.path)
            if content is not None:
                _item(self.collector, content, file.path, file.tags)
        if not count:
            self.collector.wrong(1, "no item in the package")

    def files(self) -> Iterator[_File]:
        """The items that the manifest names, in its order; without a manifest every XML file."""
        manifest = next((name for name in sorted(self.names, key=len) if posixpath.basename(name) == MANIFEST), None)
        if manifest is None:
            yield from (_File(name) for name in sorted(self.names) if name.lower().endswith(".xml"))
            return
        content = self.bytes_of(manifest)
        try:
            root = xml_source.read(content or b"")
        except UnreadableXml as wrong:
            raise _Refused(f"{MANIFEST}:{wrong.line}: {wrong.what}") from None
        folder = posixpath.dirname(manifest)
        for each in (node for node in root.walk() if node.name == "resource"):
            if not each.attributes.get("type", "").startswith("imsqti_item"):
                continue
            path = posixpath.normpath(posixpath.join(folder, unquote(each.attributes.get("href", ""))))
            if path not in self.names or path.startswith(("/", "..")):
                self.collector.wrong(each.line, f"{MANIFEST} names the file “{path[:80]}”, which is not in the package")
                continue
            words = [one_line(node.words) for node in each.walk() if node.name == "keyword"]
            yield _File(path, tuple(dict.fromkeys(filter(None, words))))

    def bytes_of(self, name: str) -> bytes | None:
        """The bytes of a file, never more than it may have, whatever its header says."""
        try:
            with self.zip.open(name) as stream:
                content = stream.read(LARGEST_ITEM + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            RuntimeError,
            OSError,
            NotImplementedError,
            EOFError,
            KeyError,
        ) as wrong:
            self.collector.wrong(1, f"the file “{name[:80]}” cannot be unpacked ({str(wrong)[:80]})")
            return None
        self.unpacked += len(content)
        if self.unpacked > LARGEST_UNPACKED:
            raise _Refused(f"a package of more than {LARGEST_UNPACKED // (1024 * 1024)} MB once unpacked")
        if len(content) > LARGEST_ITEM:
            self.collector.wrong(1, f"the file “{name[:80]}” has more than {LARGEST_ITEM // (1024 * 1024)} MB")
            return None
        return content


def _item(collector: Collector, content: bytes, path: str, tags: tuple[str, ...]) -> None:
    """Read one item file. In a package, what is said of it begins with its name."""
    place = f"{path}: " if path else ""
    try:
        root = xml_source.read(content)
    except UnreadableXml as wrong:
        collector.wrong(wrong.line, place + wrong.what)
        return
    trouble = _not_an_item(root)
    if trouble:
        collector.wrong(root.line, place + trouble)
        return
    notes: list[str] = []
    name = root.attributes.get("identifier", "")
    try:
        question = _question(Item(root, notes.append), notes, tags)
    except Unusable as wrong:
        collector.wrong(root.line, place + str(wrong), name)
        return
    collector.take(question, name, notes=[place + note for note in notes])


def _not_an_item(root: Node) -> str:
    if root.name == "assessmentItem":
        return ""
    if root.name == "questestinterop":
        return "QTI 1.2, expected QTI 2.1 or 2.2"
    if root.name.startswith("qti-"):
        return "QTI 3, expected QTI 2.1 or 2.2"
    if root.name == "assessmentTest":
        return "a test without its items, expected the whole package (.zip)"
    return f"the element <{root.name[:60]}>, expected <assessmentItem>"


def _question(item: Item, notes: list[str], tags: tuple[str, ...]) -> Question:
    found = item.answers()
    general = next(
        (each for each in item.node.all("modalFeedback") if each.attributes.get("identifier") == "general"), None
    )
    told = [item.feedback(each) if found.type in _TOLD else Text("") for each in (RIGHT, WRONG)]
    said = text_of(general)
    texts = found.texts(found.text or Text(""), said if said.words or found.feedback is None else found.feedback)
    words, is_plain = settle([*texts, *told], notes.append)
    _note_what_is_lost(item, [each.feedback for each in found.options] + told, notes)
    if_right, if_wrong = words[len(texts) :]
    question = found.into(
        words[: len(texts)],
        Question(
            key="",
            type=found.type,
            title=one_line(item.node.attributes.get("title", "")),
            line=item.node.line,
            points=item.points or FULL,
            tags=tags,
            is_plain=is_plain,
            case_counts=found.type is Type.SHORT_ANSWER and any(each.case_counts for each in item.declared.values()),
            if_right=if_right,
            if_wrong=if_wrong,
        ),
    )
    if question.type is Type.NUMERIC:
        question = with_best_number(question)
    return with_matches(question, (found.text or said).form)


def _note_what_is_lost(item: Item, told: list[Text], notes: list[str]) -> None:
    for node in item.node.walk():
        if node.name in ("object", "img", "audio", "video"):
            notes.append("a picture or other medium, which is left out")
        elif node.name == "templateDeclaration":
            notes.append("its template variables are left out")
        elif node.name == "rubricBlock" and not item.is_written:
            notes.append("its rubric is left out")
        elif node.name == "feedbackBlock":
            notes.append("feedback that belongs to no single answer is left out")
    shown = {each.words for each in told} | {""}
    if any(
        text_of(each).words not in shown
        for each in item.node.all("modalFeedback")
        if each.attributes.get("identifier") != "general"
    ):
        notes.append("feedback that belongs to no single answer is left out")
