"""Titles, ids and places of documents that do not exist yet."""

import re

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, union

from app.core.database import db
from app.core.errors import InvalidInput
from app.core.folding import fold
from app.core.languages import SUPPORTED
from app.library.authoring.models import Draft
from app.library.authoring.titles import LONGEST
from app.library.files import LONGEST_PATH
from app.library.kinds import ID, Kind, all_kinds
from app.library.models import Document, Edition

LONGEST_ID = 120
MOST_ALIKE = 1_000
# Pages below /library have these names.
RESERVED = frozenset({"new", "conflicts", "attachments", "questions", "health", "searches", "import"})


def require_language(language: str) -> None:
    """Raise InvalidInput for a language that Palier does not speak."""
    if language not in SUPPORTED:
        raise InvalidInput(_l("Choose a language."), field="language")


def checked_title(title: str) -> str:
    """The title on one line. Raises InvalidInput."""
    words = " ".join(title.split())
    if not words or len(words) > LONGEST or not words.isprintable():
        raise InvalidInput(_l("A title has between 1 and 200 characters."), field="title")
    return words


def require_step(folder: str) -> None:
    """Raise InvalidInput when there is no published step in this folder."""
    there = db.session.execute(
        select(Edition.document_id)
        .join(Document, Document.id == Edition.document_id)
        .where(Edition.path == f"{folder}/index.md", Edition.published_id.is_not(None), Document.kind == "step")
    ).scalar()
    if there is None:
        raise InvalidInput(_l("Choose the step it belongs to."), field="folder")


def new_id(wanted: str, title: str) -> str:
    """The id that was asked for, or one from the title that nothing has yet."""
    wanted = wanted.strip()
    if wanted:
        if len(wanted) > LONGEST_ID or not re.fullmatch(ID, wanted):
            raise InvalidInput(_l("An id is lower-case words joined by hyphens, such as too-expensive."), field="id")
        if wanted in RESERVED or _taken_ids([wanted]):
            raise InvalidInput(_l("Another document has this id already."), field="id")
        return wanted
    plain = re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")[: LONGEST_ID - 5].strip("-") or "document"
    candidates = [plain, *(f"{plain}-{number}" for number in range(2, MOST_ALIKE))]
    taken = _taken_ids(candidates) | RESERVED
    return _first_free(candidates, taken)


def _taken_ids(candidates: list[str]) -> set[str]:
    both = union(
        select(Document.id).where(Document.id.in_(candidates)),
        select(Draft.document_id).where(Draft.document_id.in_(candidates)),
    )
    return set(db.session.execute(both).scalars())


def new_path(kind: Kind, identity: str, language: str, folder: str) -> str:
    """Where the document's file will be: a place of its kind that no other document has. Raises InvalidInput."""
    path = kind.new_path(identity, language, folder)
    if len(path) > LONGEST_PATH - 5 or not _is_place_of(kind, path):
        raise InvalidInput(_l("A document of this kind cannot be begun here."), field="kind")
    return free_place(kind, path)


def free_place(kind: Kind, path: str) -> str:
    """The path, or one beside it, that no other document has. Raises InvalidInput where there is room for one only."""
    stem, point, suffix = path.rpartition(".")
    candidates = [path, *(f"{stem}-{number}{point}{suffix}" for number in range(2, MOST_ALIKE))]
    taken = union(
        select(Edition.path).where(Edition.path.in_(candidates), Edition.published_id.is_not(None)),
        select(Draft.path).where(Draft.path.in_(candidates)),
    )
    free = _first_free(candidates, set(db.session.execute(taken).scalars()))
    if not _is_place_of(kind, free):
        raise InvalidInput(_l("There is one already, and the library holds only one a language."), field="kind")
    return free


def _is_place_of(kind: Kind, path: str) -> bool:
    root, _, rest = path.partition("/")
    return all_kinds().at(root, rest.partition("/")[2]) is kind


def _first_free(candidates: list[str], taken: set[str]) -> str:
    free = next((each for each in candidates if each not in taken), None)
    if free is None:
        raise InvalidInput(_l("Another document has this id already."), field="id")
    return free
