"""The files of the library: where they are, and reading them without trusting them."""

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from app.core.errors import InvalidInput
from app.library.problems import Problem

LARGEST = 512 * 1024
LONGEST_PATH = 400  # what the table of editions holds
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


def require(folders: Folders) -> None:
    """Raise InvalidInput when a whole folder is missing: that is a wrong setting, not thirty withdrawals."""
    for root in ROOTS:
        if not folders.of(root).is_dir():
            raise InvalidInput(f"The folder {folders.of(root)} is missing.")


def paths(folders: Folders) -> list[str]:
    """Every file of the library, in an order that does not depend on the disk. Hidden files are not ours.

    Raises InvalidInput for a folder that cannot be listed: taking it for an empty one would withdraw all it holds.
    """
    found = []
    for root in ROOTS:
        top = folders.of(root)
        for parent, directories, names in os.walk(top, onerror=_refuse_folder):
            directories[:] = [each for each in directories if not each.startswith(".")]
            below = Path(parent).relative_to(top).as_posix()
            linked = [each for each in directories if Path(parent, each).is_symlink()]
            found += [
                f"{root}/{name}" if below == "." else f"{root}/{below}/{name}"
                for name in (*names, *linked)
                if not name.startswith(".")
            ]
    return sorted(found)


def _refuse_folder(error: OSError) -> None:
    raise InvalidInput(f"The folder {error.filename} cannot be read.")


def read(
    folders: Folders, path: str, *, largest: int = LARGEST, suffixes: tuple[str, ...] = SUFFIXES
) -> SourceFile | Problem:
    """A file's bytes, or what is wrong with it; one that is too large is not read at all."""
    if not path.isprintable() or len(path) > LONGEST_PATH:
        return Problem(ascii(path)[1:-1][:200], 1, "the name of the file", f"at most {LONGEST_PATH} plain characters")
    file = folders.locate(path)
    if file.suffix not in suffixes:
        return Problem(path, 1, f"a file of the kind “{file.suffix or file.name}”", "a .md or .yaml file")
    try:
        # Not blocking, or a pipe would keep us waiting; not following, or a link would show any file of the machine.
        with os.fdopen(os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as stream:
            facts = os.fstat(stream.fileno())
            if not stat.S_ISREG(facts.st_mode):
                return Problem(path, 1, "a folder, link or device", "an ordinary file")
            source = stream.read(largest + 1) if facts.st_size <= largest else b""
    except OSError:
        special = file.is_symlink() or (file.exists() and not file.is_file())
        what = "a folder, link or device" if special else "a file that cannot be read"
        return Problem(path, 1, what, "an ordinary file" if special else "a file that Palier may read")
    if max(facts.st_size, len(source)) > largest:
        return Problem(path, 1, f"{max(facts.st_size, len(source)) // 1024} kB", f"at most {largest // 1024} kB")
    return SourceFile(path, source)


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
