"""From a file's bytes to a draft: place, front matter, body, every mistake with its line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from app.library import markup, yaml_source
from app.library.files import SourceFile
from app.library.kinds import Draft, Finding, Kind, Kinds, Reference
from app.library.problems import Problem
from app.library.yaml_source import YamlError, YamlText

_FENCE = "---"
_BLOCK_CLASS = re.compile(r"^##\s.*\{[^}]*\.([a-z]+)[^}]*\}\s*$")
_DOCUMENT_LINK_IN_TEXT = re.compile(r"\]\(((?:step|play|offer|script|quiz|tool):[^)\s]*)")


@dataclass
class _Reading:
    """A file being read: what is known so far, and what was found wrong."""

    path: str
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, line: int, what: str, expected: str) -> None:
        self.problems.append(Problem(self.path, line, what, expected))


def parse(file: SourceFile, kinds: Kinds, abbreviations: Mapping[str, str]) -> Draft | list[Problem]:
    """A draft, or all that is wrong with the file."""
    reading = _Reading(file.path)
    kind, language = _place(reading, kinds)
    text = _decode(reading, file.source)
    if kind is None or text is None:
        return reading.problems
    parts = _split(reading, text, kind)
    if parts is None:
        return reading.problems
    yaml_text, yaml_line, body, body_line = parts
    facts, lines = _facts(reading, kind, yaml_text, yaml_line)
    draft = None
    if facts is not None:
        draft = _draft(reading, kind, language, facts, body, body_line, abbreviations)
    if draft is None:
        return reading.problems
    for finding in kind.check(draft):
        reading.wrong(_line_of(finding, lines, yaml_line, body_line), finding.what, finding.expected)
    return reading.problems or _with_reference_lines(draft, lines, yaml_line)


def _place(reading: _Reading, kinds: Kinds) -> tuple[Kind | None, str]:
    root, _, rest = reading.path.partition("/")
    language, _, below = rest.partition("/")
    kind = kinds.at(root, below)
    if kind is None:
        reading.wrong(1, "a place where no kind of document lives", "one of the places in docs/authoring.md")
    if not re.fullmatch(r"[a-z]{2}", language):
        reading.wrong(1, f"the language folder “{language}”", "two letters, such as fr or en")
    return kind, language


def _decode(reading: _Reading, source: bytes) -> str | None:
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = source[: wrong.start].count(b"\n") + 1
        reading.wrong(line, "bytes that are not UTF-8", "a file saved as UTF-8")
        return None
    if "\x00" in text:
        reading.wrong(text[: text.index("\x00")].count("\n") + 1, "a NUL character", "text")
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _split(reading: _Reading, text: str, kind: Kind) -> tuple[str, int, str, int] | None:
    """The YAML and the body, each with the number of lines before it."""
    if not kind.has_body:
        return text, 0, "", 0
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        reading.wrong(1, "no front matter", "a first line of three hyphens (---)")
        return None
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == _FENCE:
            return "\n".join(lines[1:number]), 1, "\n".join(lines[number + 1 :]), number + 1
    reading.wrong(1, "front matter without an end", "a second line of three hyphens (---)")
    return None


def _facts(reading: _Reading, kind: Kind, text: str, before: int) -> tuple[object | None, YamlText]:
    try:
        lines = yaml_source.read(text)
    except YamlError as wrong:
        reading.wrong(wrong.line + before, wrong.what, wrong.expected)
        return None, YamlText(None)
    if not isinstance(lines.value, dict):
        reading.wrong(1 + before, "no keys", "keys and values, such as “id: my-document”")
        return None, lines
    try:
        return kind.facts.model_validate(lines.value), lines
    except ValidationError as wrong:
        for error in wrong.errors(include_url=False):
            what, expected = _explain(error)
            reading.wrong(lines.line(_path(error)) + before, what, expected)
        return None, lines


def _path(error: ErrorDetails) -> tuple[str | int, ...]:
    """Where an error stands in the YAML: pydantic also names the member of a union, which is no key."""
    return tuple(part for part in error["loc"] if not (isinstance(part, str) and part.startswith("type:")))


def _explain(error: ErrorDetails) -> tuple[str, str]:
    where = ".".join(str(part + 1) if isinstance(part, int) else part for part in _path(error)) or "the document"
    context = error.get("ctx", {})
    shown = repr(error["input"])
    shown = shown if len(shown) <= 60 else shown[:57] + "…"
    match error["type"]:
        case "missing":
            return f"no “{where}”", "it to be given"
        case "extra_forbidden":
            return f"the unknown key “{where}”", "one of the keys in docs/authoring.md"
        case "string_type":
            return f"“{where}” is {shown}", "a text (put it in quotes)"
        case "literal_error" | "enum":
            return f"“{where}” is {shown}", f"{context.get('expected')}"
        case "string_pattern_mismatch":
            return f"“{where}” is {shown}", "lower-case words joined by hyphens"
        case "value_error":
            what, _, expected = str(context["error"]).partition("; expected ")
            return f"“{where}”: {what}", expected or "another value"
        case "too_short" | "string_too_short":
            return f"“{where}” is empty or too short", f"at least {context.get('min_length')}"
        case "too_long" | "string_too_long":
            return f"“{where}” is too long", f"at most {context.get('max_length')}"
        case _:
            message = error["msg"]
            return f"“{where}” is {shown}", message[:1].lower() + message[1:]


def _draft(
    reading: _Reading,
    kind: Kind,
    language: str,
    facts: object,
    body: str,
    body_line: int,
    abbreviations: Mapping[str, str],
) -> Draft | None:
    names = kind.required_blocks + kind.optional_blocks
    try:
        rendered = markup.render(
            body,
            language=language,
            block_names=names,
            abbreviations=abbreviations,
            address=lambda name, document: link_address(name, document),
        )
    except RecursionError:
        reading.wrong(body_line + 1, "a text nested beyond reason", "a few levels of quotation or list")
        return None
    _check_blocks(reading, kind, body, body_line)
    words = sum(len(markup.plain_text(block.html).split()) for block in rendered.blocks)
    return Draft(
        path=reading.path,
        language=language,
        kind=kind,
        facts=facts,
        body=body,
        blocks=rendered.blocks,
        words=words,
        anchors=rendered.anchors | frozenset(kind.fixed_anchors),
        references=(*kind.references(facts), *_links_in(body, body_line)),
    )


def link_address(kind_name: str, document_id: str) -> str | None:
    """The page behind a document link; None for a kind nobody registered."""
    from app.library.kinds import all_kinds

    kind = all_kinds().by_name.get(kind_name)
    return kind.address_of(document_id) if kind and kind.address else None


def _links_in(body: str, before: int) -> list[Reference]:
    return [
        Reference(target, line=before + number)
        for number, line in enumerate(body.split("\n"), start=1)
        for target in _DOCUMENT_LINK_IN_TEXT.findall(line)
    ]


def _check_blocks(reading: _Reading, kind: Kind, body: str, before: int) -> None:
    """The blocks a kind wants: each once, in order; the optional ones after them."""
    if not kind.required_blocks:
        return
    known = kind.required_blocks + kind.optional_blocks
    seen: list[str] = []
    for number, line in enumerate(body.split("\n"), start=before + 1):
        if not line.startswith("## "):
            continue
        found = _BLOCK_CLASS.match(line)
        name = found[1] if found else ""
        if name not in known:
            reading.wrong(number, f"the heading “{line[3:60]}”", f"one of the classes {{.{'} {.'.join(known)}}}")
        elif name in seen:
            reading.wrong(number, f"a second block {{.{name}}}", "each block once")
        elif seen and known.index(name) < known.index(seen[-1]):
            reading.wrong(number, f"{{.{name}}} after {{.{seen[-1]}}}", f"the order {' '.join(known)}")
        seen.append(name)
    reading.problems += [
        Problem(reading.path, before, f"no block {{.{name}}}", f"a heading such as “## … {{.{name}}}”")
        for name in kind.required_blocks
        if name not in seen
    ]


def _line_of(finding: Finding, lines: YamlText, yaml_before: int, body_before: int) -> int:
    if finding.line is not None:
        return finding.line + body_before
    return lines.line(finding.field) + yaml_before


def _with_reference_lines(draft: Draft, lines: YamlText, before: int) -> Draft:
    """The draft, its references from front matter given the line they stand on."""
    located = tuple(
        each if each.line is not None else Reference(each.target, each.field, lines.line(each.field) + before)
        for each in draft.references
    )
    return Draft(**{**vars(draft), "references": located})
