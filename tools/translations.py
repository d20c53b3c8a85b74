"""The message catalogues: one a room, and one for the shell and the ground floor (app/translations).

    translations.py update [ROOM…]    extract the messages of the code and bring the .po files up to date
    translations.py compile [ROOM…]   write the .mo files that the application reads
    translations.py check [ROOM…]     exit 1 with a list when a message is missing, fuzzy, obsolete or ill-formed

The shared catalogue is called `app`. English needs no catalogue: the messages of the code are English.
"""

import argparse
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract as extract_jinja

APP = Path(__file__).resolve().parent.parent / "app"
LANGUAGES = ("fr",)
SHARED = "app"
SHARED_FOLDERS = ("core", "templates")
KEYWORDS: dict[str, Any] = {
    **dict.fromkeys(("_", "gettext", "_l", "lazy_gettext")),
    **dict.fromkeys(("ngettext", "lazy_ngettext"), (1, 2)),
    **dict.fromkeys(("pgettext", "lazy_pgettext"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "lazy_npgettext"), ((1, "c"), 2, 3)),
}
JINJA_OPTIONS = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}
HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"

"""

Key = tuple[str, str | None]


def main(arguments: list[str]) -> int:
    """Run one subcommand; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("update", "compile", "check"))
    parser.add_argument("rooms", nargs="*", metavar="ROOM", help="only these; all by default")
    asked = parser.parse_args(arguments)
    if unknown := set(asked.rooms) - set(all_rooms()):
        parser.error(f"no such room: {', '.join(sorted(unknown))}; there are {', '.join(all_rooms())}")
    rooms = asked.rooms or all_rooms()
    if asked.what == "check":
        return report(rooms)
    for room in rooms:
        for language in LANGUAGES:
            (update if asked.what == "update" else compile_)(room, language)
    return 0


def all_rooms() -> list[str]:
    """The shared catalogue, then every room by name."""
    return [SHARED, *sorted(file.parent.name for file in APP.glob("*/room.py"))]


def catalogue_path(room: str, language: str) -> Path:
    """Where a room keeps its catalogue."""
    owner = APP if room == SHARED else APP / room
    return owner / "translations" / language / "LC_MESSAGES" / "messages.po"


def source_files(room: str) -> Iterator[Path]:
    """The Python files and templates whose messages belong to a room, in a stable order."""
    folders = [APP / name for name in SHARED_FOLDERS] if room == SHARED else [APP / room]
    if room == SHARED:
        yield from sorted(APP.glob("*.py"))
    for folder in folders:
        yield from sorted(file for file in folder.rglob("*") if file.suffix in (".py", ".html", ".txt"))


def extracted(room: str) -> Catalog:
    """The messages that a room's code asks for."""
    found = Catalog(charset="utf-8")
    for file in source_files(room):
        method: Any = extract_python if file.suffix == ".py" else extract_jinja
        options = {} if file.suffix == ".py" else JINJA_OPTIONS
        for line, message, comments, context in extract_from_file(
            method, file, keywords=KEYWORDS, comment_tags=("Translators:",), options=options, strip_comment_tags=True
        ):
            where = file.relative_to(APP.parent).as_posix()
            found.add(message, None, [(where, line)], auto_comments=comments, context=context)
    return found


def kept(room: str, language: str) -> Catalog:
    """The catalogue on disk; empty when there is none yet."""
    path = catalogue_path(room, language)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language, charset="utf-8")


def update(room: str, language: str) -> None:
    """Add what is new (empty, or as another room already says it) and drop what the code no longer asks for."""
    catalogue, wanted = kept(room, language), extracted(room)
    if not len(wanted):
        return
    catalogue.update(wanted, no_fuzzy_matching=True, update_header_comment=False)
    missing = [message for message in messages(catalogue) if not is_translated(message)]
    if missing:
        known = {key(each): each.string for other in all_rooms() for each in messages(kept(other, language))}
        for message in missing:
            message.string = known.get(key(message)) or message.string
    written = io.BytesIO()
    # Names of files but no lines and no dates: a catalogue changes only where its words do.
    write_po(written, catalogue, omit_header=True, include_lineno=False, sort_output=True, ignore_obsolete=True)
    header = HEADER.format(language=language, plural_forms=catalogue.plural_forms)
    path = catalogue_path(room, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(header.encode() + written.getvalue().strip() + b"\n")


def compile_(room: str, language: str) -> None:
    """Write the .mo file beside the .po, at once whole: a running server never reads half of it."""
    path = catalogue_path(room, language)
    if not path.exists():
        return
    fresh = path.with_suffix(".mo.new")
    with fresh.open("wb") as file:
        write_mo(file, kept(room, language))
    fresh.replace(path.with_suffix(".mo"))


def report(rooms: list[str]) -> int:
    """Print every problem, one a line; 1 when there is one."""
    problems = [problem for language in LANGUAGES for problem in (*_problems(rooms, language), *_quarrels(language))]
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        print(f"{len(problems)} problems; `make translations` adds what is missing as empty.", file=sys.stderr)
    return 1 if problems else 0


def _problems(rooms: list[str], language: str) -> Iterator[str]:
    """What is wrong in each room's catalogue, as `file: what: the message`."""
    for room in rooms:
        where = catalogue_path(room, language).relative_to(APP.parent).as_posix()
        there = {key(message): message for message in messages(kept(room, language))}
        wanted = {key(message) for message in messages(extracted(room))}
        for missing in sorted(wanted - there.keys(), key=str):
            yield f"{where}: missing: {missing[0]!r}"
        for found, message in there.items():
            if found not in wanted:
                yield f"{where}: obsolete: {found[0]!r}"
            elif message.fuzzy:
                yield f"{where}: fuzzy: {found[0]!r}"
            elif not is_translated(message):
                yield f"{where}: not translated: {found[0]!r}"
            for error in message.check(kept(room, language)):
                yield f"{where}: ill-formed: {found[0]!r}: {error}"


def _quarrels(language: str) -> Iterator[str]:
    """Messages that two rooms translate differently: the catalogues are read as one, so only one would be heard."""
    said: dict[Key, tuple[str, object]] = {}
    for room in all_rooms():
        for message in messages(kept(room, language)):
            if not is_translated(message):
                continue
            first, words = said.setdefault(key(message), (room, message.string))
            if words != message.string:
                yield f"{first} and {room} translate differently (agree, or use pgettext): {message.id!r}"


def messages(catalogue: Catalog) -> Iterator[Message]:
    """The messages without the header."""
    return (message for message in catalogue if message.id)


def key(message: Message) -> Key:
    """What the application looks a message up by."""
    return (message.id if isinstance(message.id, str) else message.id[0], message.context)


def is_translated(message: Message) -> bool:
    """Whether every form has words."""
    forms = message.string or ()
    return bool(forms) and all((forms,) if isinstance(forms, str) else forms)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
