"""Names of attachments: a slug and the extension that the content asks for."""

import re
import unicodedata

LONGEST = 120
SCHEME = "attachment"
EXTENSIONS = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "image/gif": "gif",
    "application/pdf": "pdf",
}
PDF = "application/pdf"
_MEDIA_TYPES = {**{extension: kind for kind, extension in EXTENSIONS.items()}, "jpeg": "image/jpeg"}
_NAME = re.compile(rf"[a-z0-9]+(?:-[a-z0-9]+)*\.(?:{'|'.join(_MEDIA_TYPES)})")
# The bounds around it keep a longer word from passing for a name.
_IN_TEXT = re.compile(rb"(?<![A-Za-z0-9+.-])attachment:([a-z0-9]+(?:-[a-z0-9]+)*\.[a-z]{3,4})(?![a-z0-9-])")


def is_name(text: str) -> bool:
    """Whether an attachment may be called so."""
    return len(text) <= LONGEST and _NAME.fullmatch(text) is not None


def media_type_of(name: str) -> str:
    """What a name says that it holds."""
    return _MEDIA_TYPES[name.rpartition(".")[2]]


def name_for(file_name: str, media_type: str) -> str:
    """The name for a file that somebody sends: its own, as a slug, with the extension of its content.

    >>> name_for("Plan de l’atelier (v2).PNG", "image/png")
    'plan-de-l-atelier-v2.png'
    """
    extension = EXTENSIONS[media_type]
    stem = slug(_stem(file_name))[: LONGEST - len(extension) - 6].strip("-")
    return f"{stem or 'attachment'}.{extension}"


def numbered(name: str, number: int) -> str:
    """The same name for other bytes: plan.png, plan-2.png, plan-3.png.

    >>> numbered("plan.png", 1), numbered("plan.png", 2)
    ('plan.png', 'plan-2.png')
    """
    stem, _, extension = name.rpartition(".")
    return name if number == 1 else f"{stem}-{number}.{extension}"


def words_for(file_name: str) -> str:
    """Words to begin the description of a picture with: the file's own name.

    >>> words_for("plan_atelier-2.png")
    'plan atelier 2'
    """
    return " ".join(re.sub(r"[\W_]+", " ", _stem(file_name)).split())[:120]


def slug(text: str) -> str:
    """Lower case, no accents, words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    ascii_only = "".join(each for each in plain if not unicodedata.combining(each))
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")


def names_in(source: bytes) -> set[str]:
    """The attachments that a text may show or link to, from its bytes."""
    return {found.decode() for found in _IN_TEXT.findall(source)}


def _stem(file_name: str) -> str:
    """The last part of a path, whatever the system it was written on, without its extension."""
    last = re.split(r"[/\\]", file_name)[-1]
    stem, dot, _ = last.rpartition(".")
    return stem if dot and stem else last
