"""From a file's bytes to a draft: place, front matter, body, every mistake with its line."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from pydantic import ValidationError

from app.library import mistakes, outline, yaml_source
from app.library.files import SourceFile
from app.library.kinds import Block, Draft, Finding, Kind, Kinds, Reference
from app.library.limits import TooComplex
from app.library.markup import Rendered, plain_text, render
from app.library.outline import Outline
from app.library.problems import Problem
from app.library.yaml_source import YamlError, YamlText

_FENCE = "---"
# What a text must hold before rendering it can find anything wrong in it.
_WORTH_RENDERING = re.compile(r"[\[<!>#\n]")
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class Refused:
    """A file with problems: they are listed, nothing of it is published. `id` is None where it cannot be read.

    For its author's eyes: `readable` is the draft in spite of its problems, where both its front matter and its body
    could be read; `blocks` the body alone.
    """

    path: str
    language: str
    problems: list[Problem]
    id: str | None = None
    kind: str | None = None
    references: tuple[Reference, ...] = ()
    readable: Draft | None = None
    blocks: tuple[Block, ...] = ()


@dataclass
class _Reading:
    """A file being read: what is known so far, and what was found wrong."""

    path: str
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, line: int, what: str, expected: str) -> None:
        self.problems.append(Problem(self.path, max(1, line), what, expected))

    def refused(
        self, language: str, kind: Kind | None = None, value: object = None, references: tuple[Reference, ...] = ()
    ) -> Refused:
        identity = value.get("id") if isinstance(value, dict) else None
        known = identity if isinstance(identity, str) else None
        return Refused(self.path, language, self.problems, known, kind.name if kind else None, references)


@dataclass(frozen=True)
class _Parts:
    """A text's YAML and its body, each with the number of lines before it."""

    yaml: str
    yaml_before: int
    body: str
    body_before: int


def parse(file: SourceFile, kinds: Kinds, abbreviations: Mapping[str, str]) -> Draft | Refused:
    """A draft, or all that is wrong with the file."""
    reading = _Reading(file.path)
    kind, language = _place(reading, kinds)
    text = _decode(reading, file.source)
    parts = None if kind is None or text is None else _split(reading, text, kind)
    if kind is None or parts is None:
        return reading.refused(language, kind)
    yaml = _yaml(reading, parts)
    facts = _facts(reading, kind, yaml, parts.yaml_before)
    rendered, seen = _body(reading, kind, language, parts, abbreviations)
    links = _links_in(rendered, parts) if rendered else ()
    if facts is None or rendered is None:
        refused = reading.refused(language, kind, yaml.value, links)
        return replace(refused, blocks=rendered.blocks if rendered else ())
    links += _links_in_facts(reading, kind, facts, yaml, parts)
    references = (*_located(kind.references(facts), yaml, parts), *links)
    draft = _draft(reading.path, language, kind, facts, parts.body, rendered, references)
    for finding in kind.check(draft):
        reading.wrong(_line_of(finding, yaml, parts, seen), finding.what, finding.expected)
    if not reading.problems:
        return draft
    return replace(reading.refused(language, kind, yaml.value, references), readable=draft, blocks=rendered.blocks)


def _place(reading: _Reading, kinds: Kinds) -> tuple[Kind | None, str]:
    root, _, rest = reading.path.partition("/")
    language, _, below = rest.partition("/")
    kind = kinds.at(root, below)
    if kind is None:
        reading.wrong(1, "a place where no kind of document lives", "one of the places in docs/authoring.md")
    elif not re.fullmatch(r"[a-z]{2}", language):
        reading.wrong(1, f"the language folder “{language}”", "two letters, such as fr or en")
    return kind, language


def _decode(reading: _Reading, source: bytes) -> str | None:
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = source[: wrong.start].count(b"\n") + 1
        reading.wrong(line, "bytes that are not UTF-8", "a file saved as UTF-8")
        return None
    forbidden = _NOT_TEXT.search(text)
    if forbidden:
        line = text.count("\n", 0, forbidden.start()) + 1
        reading.wrong(line, f"the control character U+{ord(forbidden[0]):04X}", "text")
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _split(reading: _Reading, text: str, kind: Kind) -> _Parts | None:
    if not kind.has_body:
        return _Parts(text, 0, "", 0)
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        reading.wrong(1, "no front matter", "a first line of three hyphens (---)")
        return None
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == _FENCE:
            return _Parts("\n".join(lines[1:number]), 1, "\n".join(lines[number + 1 :]), number + 1)
    reading.wrong(1, "front matter without an end", "a second line of three hyphens (---)")
    return None


def _yaml(reading: _Reading, parts: _Parts) -> YamlText:
    try:
        return yaml_source.read(parts.yaml)
    except YamlError as wrong:
        reading.wrong(wrong.line + parts.yaml_before, wrong.what, wrong.expected)
        return YamlText(None)


def _facts(reading: _Reading, kind: Kind, yaml: YamlText, before: int) -> object | None:
    if not isinstance(yaml.value, dict):
        if not reading.problems:
            reading.wrong(1 + before, "no keys", "keys and values, such as “id: my-document”")
        return None
    try:
        return kind.facts.model_validate(yaml.value)
    except ValidationError as wrong:
        for error in wrong.errors(include_url=False):
            what, expected = mistakes.explain(error)
            reading.wrong(yaml.line(mistakes.place_of(error)) + before, what, expected)
        return None


def _body(
    reading: _Reading, kind: Kind, language: str, parts: _Parts, abbreviations: Mapping[str, str]
) -> tuple[Rendered | None, Outline]:
    """The rendered body and the lines its blocks begin on; what is wrong in it is noted."""
    names = kind.required_blocks + kind.optional_blocks
    try:
        rendered = render(
            parts.body,
            language=language,
            block_names=names,
            abbreviations=abbreviations,
            address=link_address,
            reserved=kind.fixed_anchors,
        )
    except TooComplex as wrong:
        reading.wrong(wrong.line + parts.body_before, wrong.what, wrong.expected)
        return None, Outline()
    except RecursionError:
        reading.wrong(parts.body_before + 1, "a text nested beyond reason", "a few levels of quotation or list")
        return None, Outline()
    seen = outline.locate(parts.body, rendered.blocks)
    for flaw in rendered.flaws:
        reading.wrong(outline.line_with(flaw.near, parts.body) + parts.body_before, flaw.what, flaw.expected)
    for line, what, expected in outline.mistakes(seen, kind.required_blocks, kind.optional_blocks):
        reading.wrong(line + parts.body_before, what, expected)
    return rendered, seen


def _draft(
    path: str,
    language: str,
    kind: Kind,
    facts: object,
    body: str,
    rendered: Rendered,
    references: tuple[Reference, ...],
) -> Draft:
    return Draft(
        path=path,
        language=language,
        kind=kind,
        facts=facts,
        body=body,
        blocks=rendered.blocks,
        words=sum(count_words(block) for block in rendered.blocks),
        anchors=rendered.anchors | frozenset(kind.fixed_anchors),
        references=references,
    )


def count_words(block: Block) -> int:
    """The words of a block that a reader reads, its heading not counted."""
    return len(plain_text(block.html).split())


def link_address(kind_name: str, document_id: str) -> str | None:
    """The page behind a document link; None for a kind nobody registered."""
    from app.library.kinds import all_kinds

    kind = all_kinds().by_name.get(kind_name)
    return kind.address_of(document_id) if kind and kind.address else None


def _links_in(rendered: Rendered, parts: _Parts) -> tuple[Reference, ...]:
    """The body's links, each with its line: two links to one place stand on two lines."""
    found = []
    after: dict[str, int] = {}
    for target in rendered.links:
        line = after[target] = outline.line_with(target, parts.body, after.get(target, 0))
        found.append(Reference(target, line=line + parts.body_before))
    return tuple(found)


def _links_in_facts(
    reading: _Reading, kind: Kind, facts: object, yaml: YamlText, parts: _Parts
) -> tuple[Reference, ...]:
    """The links in the front matter's Markdown; what is wrong in these texts is noted."""
    found: list[Reference] = []
    for place, text in kind.markdown(facts):
        if not _WORTH_RENDERING.search(text):
            continue
        line = yaml.line(place) + parts.yaml_before
        try:
            rendered = render(text, language="", address=link_address)
        except TooComplex as wrong:
            reading.wrong(line, wrong.what, wrong.expected)
            continue
        except RecursionError:
            reading.wrong(line, "a text nested beyond reason", "a few levels of quotation or list")
            continue
        for flaw in rendered.flaws:
            reading.wrong(line, flaw.what, flaw.expected)
        found += [Reference(target, place, line) for target in rendered.links]
    return tuple(found)


def _located(references: Iterable[Reference], yaml: YamlText, parts: _Parts) -> tuple[Reference, ...]:
    """References from front matter, given the line they stand on."""
    return tuple(Reference(each.target, each.field, yaml.line(each.field) + parts.yaml_before) for each in references)


def _line_of(finding: Finding, yaml: YamlText, parts: _Parts, seen: Outline) -> int:
    if finding.line is not None:
        return finding.line + parts.body_before
    if finding.block:
        return seen.line_of(finding.block) + parts.body_before
    return yaml.line(finding.field) + parts.yaml_before
