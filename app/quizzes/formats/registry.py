"""The formats by name: how each is read, how each is written, and what its files are called."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.quizzes.formats import (
    aiken,
    csv_reader,
    csv_writer,
    gift_reader,
    gift_writer,
    moodle_reader,
    moodle_writer,
    qti_package,
    qti_writer,
    yaml_format,
)
from app.quizzes.formats.model import Question, Reading, Written


@dataclass(frozen=True)
class Format:
    """An exchange format. `write` is None for YAML, which needs to know of the quiz as well."""

    name: str
    suffix: str
    read: Callable[[bytes], Reading]
    write: Callable[[Iterable[Question]], Written] | None


FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format("gift", ".gift", gift_reader.read, gift_writer.write),
        Format("moodle-xml", ".xml", moodle_reader.read, moodle_writer.write),
        Format("aiken", ".txt", aiken.read, aiken.write),
        Format("qti", ".zip", qti_package.read, qti_writer.write),
        Format("csv", ".csv", csv_reader.read, csv_writer.write),
        Format("yaml", ".yaml", yaml_format.read, None),
    )
}
