"""Reading a zip of the library's files without trusting it.

Everything that its directory says is held against the bytes before anything is inflated, and inflating counts: a
name that leads elsewhere, a link, a hidden second entry or a size that is not the true one refuses the whole archive.
"""

import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipInfo

from app.library.attachments.cleaning import LARGEST_IMAGE, LARGEST_PDF
from app.library.attachments.names import EXTENSIONS
from app.library.files import LARGEST as LARGEST_TEXT
from app.library.files import LONGEST_PATH, ROOTS, SUFFIXES

LARGEST_ARCHIVE = 64 * 1024 * 1024
MOST_ENTRIES = 20_000
MOST_INFLATED = 512 * 1024 * 1024
PIECE = 64 * 1024
SKIPPED = "__MACOSX"

_END, _END_SIZE, _LONGEST_COMMENT = b"PK\x05\x06", 22, 65_535
_ENTRY, _LOCAL = b"PK\x01\x02", b"PK\x03\x04"
_DESCRIPTOR = 24  # the longest that may follow an entry's bytes
_ARCHIVES = (".zip", ".jar", ".war", ".7z", ".rar", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".zst")
_DRIVE = re.compile(r"[A-Za-z]:")


class Reason(Enum):
    """Why an archive is refused."""

    NOT_A_ZIP = auto()
    TOO_LARGE = auto()
    TOO_MANY = auto()
    INFLATES = auto()
    NAME = auto()
    TWICE = auto()
    LINK = auto()
    ENCRYPTED = auto()
    METHOD = auto()
    NESTED = auto()
    LIES = auto()
    OVERLAPS = auto()
    MEMBER_TOO_LARGE = auto()
    NOTHING = auto()


@dataclass
class Unsafe(Exception):
    """An archive that is not read; `name` is the entry that shows why, when one does."""

    reason: Reason
    name: str = ""


@dataclass(frozen=True)
class Member:
    """A file of the library in the archive. `path` is the library's, without a folder around it."""

    path: str
    info: ZipInfo
    begin: int


@dataclass
class Archive:
    """An archive that was found in order. `left_out` are names that are no files of the library."""

    stream: IO[bytes]
    members: list[Member]
    left_out: list[str] = field(default_factory=list)
    inflated: int = 0

    def read(self, member: Member) -> bytes:
        """A member's bytes. Raises Unsafe when they are not what the directory says."""
        info = member.info
        self.stream.seek(member.begin)
        compressed = self.stream.read(info.compress_size)
        content = compressed if info.compress_type == ZIP_STORED else self._inflate(compressed, info)
        self.inflated += len(content)
        if self.inflated > MOST_INFLATED:
            raise Unsafe(Reason.INFLATES, info.filename)
        if len(content) != info.file_size or zlib.crc32(content) != info.CRC:
            raise Unsafe(Reason.LIES, info.filename)
        return content

    def _inflate(self, compressed: bytes, info: ZipInfo) -> bytes:
        """Never more than the directory says, and one byte to find the lie."""
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            content = inflater.decompress(compressed, info.file_size + 1)
        except zlib.error as wrong:
            raise Unsafe(Reason.LIES, info.filename) from wrong
        if not inflater.eof or inflater.unused_data or inflater.unconsumed_tail:
            raise Unsafe(Reason.LIES, info.filename)
        return content


def open_archive(stream: IO[bytes]) -> Archive:
    """Look at an archive from end to beginning. Raises Unsafe. Nothing is inflated yet."""
    size = stream.seek(0, 2)
    if size > LARGEST_ARCHIVE:
        raise Unsafe(Reason.TOO_LARGE)
    directory = _hold_directory(stream, size)
    try:
        with zipfile.ZipFile(stream) as opened:
            entries = opened.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OSError, EOFError) as wrong:
        raise Unsafe(Reason.NOT_A_ZIP) from wrong
    _hold_names(entries)
    begins = _hold_places(stream, entries, directory)
    if sum(info.file_size for info in entries) > MOST_INFLATED:
        raise Unsafe(Reason.INFLATES)
    return _library(stream, entries, begins)


def _hold_directory(stream: IO[bytes], size: int) -> int:
    """Where the directory begins. It must be counted right, and nothing may stand around the archive."""
    tail_size = min(size, _END_SIZE + _LONGEST_COMMENT)
    stream.seek(size - tail_size)
    tail = stream.read(tail_size)
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        raise Unsafe(Reason.NOT_A_ZIP)
    disk, first_disk, here, entries, length, begin, comment = struct.unpack("<4H2LH", tail[at + 4 : at + _END_SIZE])
    end = size - tail_size + at
    if entries > MOST_ENTRIES or here > MOST_ENTRIES:
        raise Unsafe(Reason.TOO_MANY)
    if disk or first_disk or here != entries or begin + length != end or end + _END_SIZE + comment != size:
        raise Unsafe(Reason.NOT_A_ZIP)
    stream.seek(begin)
    directory = stream.read(length)
    place = 0
    for _ in range(entries):
        if directory[place : place + 4] != _ENTRY or len(directory) < place + 46:
            raise Unsafe(Reason.NOT_A_ZIP)
        place += 46 + sum(struct.unpack("<3H", directory[place + 28 : place + 34]))
    if place != length:
        raise Unsafe(Reason.TOO_MANY if entries == MOST_ENTRIES else Reason.NOT_A_ZIP)
    return int(begin)


def _hold_names(entries: list[ZipInfo]) -> None:
    seen: set[str] = set()
    for info in entries:
        name = info.orig_filename
        parts = name.removesuffix("/").split("/")
        strange = not name.isprintable() or len(name) > LONGEST_PATH or "\\" in name or bool(_DRIVE.match(name))
        if strange or name != info.filename or any(part in ("", ".", "..") for part in parts):
            raise Unsafe(Reason.NAME, ascii(name)[1:-1][:80])
        folded = unicodedata.normalize("NFC", name).casefold().removesuffix("/")
        if folded in seen:
            raise Unsafe(Reason.TWICE, name)
        seen.add(folded)
        kind = stat.S_IFMT(info.external_attr >> 16)
        if kind and not (stat.S_ISDIR(kind) if info.is_dir() else stat.S_ISREG(kind)):
            raise Unsafe(Reason.LINK, name)
        if info.flag_bits & 0x2041:  # encrypted, strongly, or with a masked directory
            raise Unsafe(Reason.ENCRYPTED, name)
        if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise Unsafe(Reason.METHOD, name)
        if info.compress_type == ZIP_STORED and info.compress_size != info.file_size:
            raise Unsafe(Reason.LIES, name)
        if info.is_dir() and info.file_size:
            raise Unsafe(Reason.LIES, name)
        if not _is_hidden(name) and name.lower().endswith(_ARCHIVES):
            raise Unsafe(Reason.NESTED, name)
    _hold_folders(entries, seen)


def _hold_folders(entries: list[ZipInfo], seen: set[str]) -> None:
    """A file must not stand where another entry needs a folder."""
    files = {unicodedata.normalize("NFC", info.filename).casefold() for info in entries if not info.is_dir()}
    for name in seen:
        parts = name.split("/")
        if any("/".join(parts[:depth]) in files for depth in range(1, len(parts))):
            raise Unsafe(Reason.TWICE, name[:80])


def _hold_places(stream: IO[bytes], entries: list[ZipInfo], directory: int) -> dict[str, int]:
    """Where each entry's bytes begin. The entries must follow one another, under the names of the directory."""
    begins: dict[str, int] = {}
    free_from = 0
    for info in sorted(entries, key=lambda each: each.header_offset):
        stream.seek(info.header_offset)
        header = stream.read(30)
        if len(header) < 30 or header[:4] != _LOCAL:
            raise Unsafe(Reason.LIES, info.filename)
        flags, method = struct.unpack("<2H", header[6:10])
        name_length, extra_length = struct.unpack("<2H", header[26:30])
        name = stream.read(name_length)
        expected = info.orig_filename.encode("utf-8" if info.flag_bits & 0x800 else "cp437", "replace")
        if name != expected or method != info.compress_type or (flags ^ info.flag_bits) & 0x2041:
            raise Unsafe(Reason.LIES, info.filename)
        begin = info.header_offset + 30 + name_length + extra_length
        if info.header_offset < free_from or begin + info.compress_size > directory:
            raise Unsafe(Reason.OVERLAPS, info.filename)
        if info.header_offset - free_from > (_DESCRIPTOR if begins else 0):
            raise Unsafe(Reason.LIES, info.filename)
        begins[info.filename] = begin
        free_from = begin + info.compress_size
    return begins


def _library(stream: IO[bytes], entries: list[ZipInfo], begins: dict[str, int]) -> Archive:
    """The files of the library among the entries; a single folder around them all is taken off."""
    visible = [info for info in entries if not info.is_dir() and not _is_hidden(info.filename)]
    around = _folder_around([info.filename for info in visible])
    archive = Archive(stream, [])
    for info in visible:
        path = info.filename.removeprefix(around)
        if not path.startswith(tuple(f"{root}/" for root in ROOTS)):
            archive.left_out.append(info.filename)
            continue
        if info.file_size > _largest(path):
            raise Unsafe(Reason.MEMBER_TOO_LARGE, info.filename)
        archive.members.append(Member(path, info, begins[info.filename]))
    if not archive.members:
        raise Unsafe(Reason.NOTHING)
    archive.members.sort(key=lambda member: member.path)
    return archive


def _folder_around(names: Iterable[str]) -> str:
    """`repository-main/` when everything stands in it."""
    tops = {name.partition("/")[0] if "/" in name else "" for name in names}
    return f"{next(iter(tops))}/" if len(tops) == 1 and not tops & {*ROOTS, ""} else ""


def _is_hidden(name: str) -> bool:
    """What systems leave in archives by themselves."""
    return any(part.startswith(".") or part == SKIPPED for part in name.split("/"))


def _largest(path: str) -> int:
    if path.endswith(SUFFIXES):
        return LARGEST_TEXT
    if path.endswith(".pdf"):
        return LARGEST_PDF
    return LARGEST_IMAGE if path.endswith((*EXTENSIONS.values(), "jpeg")) else LARGEST_TEXT
