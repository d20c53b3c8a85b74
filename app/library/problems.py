"""What is wrong in a file, said so that its author can mend it."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One line of `flask library check`. `path` is relative to the project, lines count from 1."""

    path: str
    line: int
    what: str
    expected: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}, expected {self.expected}"
