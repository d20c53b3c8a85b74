"""The files of the library: where they are, and reading them without trusting them."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.library.problems import Problem

LARGEST = 512 * 1024
ROOTS = ("content", "quizzes")
SUFFIXES = (".md", ".yaml")


@dataclass(frozen=True)
class SourceFile:
    """A file as it was read. `path` is `content/fr/…`, whatever the folder is really called."""

    path: str
    source: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes, in hexadecimal."""
        return digest_of(self.source)


@dataclass(frozen=True)
class Folders:
    """The two folders that are the library's exchange format."""

    content: Path
    quizzes: Path

    def of(self, root: str) -> Path:
        """The folder behind the first word of a document's path."""
        return self.content if root == "content" else self.quizzes

    def locate(self, path: str) -> Path:
        """The real file behind a document's path."""
        root, _, below = path.partition("/")
        return self.of(root) / below


def digest_of(source: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(source).hexdigest()


def paths(folders: Folders) -> list[str]:
    """Every file of the library, in an order that does not depend on the disk. Hidden files are not ours."""
    found = []
    for root in ROOTS:
        top = folders.of(root)
        for parent, directories, names in os.walk(top):
            directories[:] = [each for each in directories if not each.startswith(".")]
            below = Path(parent).relative_to(top).as_posix()
            found += [
                f"{root}/{name}" if below == "." else f"{root}/{below}/{name}"
                for name in names
                if not name.startswith(".")
            ]
    return sorted(found)


def read(folders: Folders, path: str) -> SourceFile | Problem:
    """A file's bytes, or what is wrong with it; one that is too large is not read at all."""
    file = folders.locate(path)
    if file.suffix not in SUFFIXES:
        return Problem(path, 1, f"a file of the kind “{file.suffix or file.name}”", "a .md or .yaml file")
    if file.is_symlink() or not file.is_file():
        return Problem(path, 1, "a link or device", "an ordinary file")
    size = file.stat().st_size
    if size > LARGEST:
        return Problem(path, 1, f"{size // 1024} kB", f"at most {LARGEST // 1024} kB")
    return SourceFile(path, file.read_bytes())


def read_all(folders: Folders) -> Iterator[SourceFile | Problem]:
    """Every file, or what is wrong with it."""
    for path in paths(folders):
        yield read(folders, path)


def write(folders: Folders, path: str, source: bytes) -> None:
    """Put bytes in a file: complete under another name first, so that a crash leaves the old file or the new one."""
    file = folders.locate(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_name(f".{file.name}.partial")
    with partial.open("wb") as stream:
        stream.write(source)
        stream.flush()
        os.fsync(stream.fileno())
    partial.replace(file)
