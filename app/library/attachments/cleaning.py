"""Attachments made harmless: what they are is found from their bytes, and pictures are drawn anew.

A picture is decoded and encoded again, so that nothing but its pixels stays: no place where it was taken, no words, no
second file hidden behind the first. It is turned upright, its colours are brought to sRGB, and of an animation the
first image is kept. A PDF is kept as it is, and never shown in a page.
"""

import hashlib
import struct
import warnings
from dataclasses import dataclass
from enum import Enum
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING, Any

from app.library.attachments.names import PDF

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST_IMAGE = 5 * 1024 * 1024
LARGEST_PDF = 15 * 1024 * 1024
MOST_PIXELS = 16_000_000
LONGEST_SIDE = 12_000
LONGEST_PROFILE = 1024 * 1024
QUALITY = 88
_PDF_END = 1024  # where a reader looks for the end mark

# One picture at a time in a process: each may take a hundred megabytes while it is open.
_one_at_a_time = Lock()


class Reason(Enum):
    """Why something is refused: what is wrong and what is expected, for who wrote the file."""

    EMPTY = ("an empty file", "a picture or a PDF")
    SVG = ("an SVG, which can hold programs", "the same drawing as PNG or WebP")
    MODERN = ("a HEIC or AVIF picture, which not every browser shows", "the same picture as JPEG or WebP")
    UNKNOWN = ("neither a picture nor a PDF", "PNG, JPEG, WebP, GIF or PDF")
    IMAGE_TOO_LARGE = ("a picture of more than 5 MB", "at most 5 MB")
    PDF_TOO_LARGE = ("a PDF of more than 15 MB", "at most 15 MB")
    TOO_MANY_PIXELS = ("a picture of too many pixels", "at most 16 million, and 12,000 on a side")
    BROKEN_IMAGE = ("a picture that cannot be read to its end", "a whole picture, saved again")
    BROKEN_PDF = ("a PDF without its beginning or its end", "a whole PDF, saved again")


@dataclass
class Unacceptable(Exception):
    """Bytes that cannot be attached."""

    reason: Reason


@dataclass(frozen=True)
class Cleaned:
    """What is kept of a file. Width and height for pictures."""

    content: bytes
    media_type: str
    width: int | None = None
    height: int | None = None

    @property
    def digest(self) -> str:
        """SHA-256, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


def media_type_of(content: bytes) -> str:
    """What the bytes are. Raises Unacceptable for what is not attached."""
    if not content:
        raise Unacceptable(Reason.EMPTY)
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content.startswith(b"%PDF-"):
        return PDF
    if content[4:8] == b"ftyp" and content[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"avif", b"avis"):
        raise Unacceptable(Reason.MODERN)
    raise Unacceptable(Reason.SVG if b"<svg" in content[:4096].lower() else Reason.UNKNOWN)


def clean(content: bytes) -> Cleaned:
    """What is kept of a file. Raises Unacceptable."""
    media_type = media_type_of(content)
    if media_type == PDF:
        return _pdf(content)
    if len(content) > LARGEST_IMAGE:
        raise Unacceptable(Reason.IMAGE_TOO_LARGE)
    with _one_at_a_time:
        cleaned = _image(content, media_type)
    if len(cleaned.content) > LARGEST_IMAGE:
        raise Unacceptable(Reason.IMAGE_TOO_LARGE)
    return cleaned


def _pdf(content: bytes) -> Cleaned:
    if len(content) > LARGEST_PDF:
        raise Unacceptable(Reason.PDF_TOO_LARGE)
    end = content[-_PDF_END:]
    version = content[5:8]
    if not (version[:1].isdigit() and version[1:2] == b"." and version[2:].isdigit()):
        raise Unacceptable(Reason.BROKEN_PDF)
    if b"startxref" not in end or end.rpartition(b"%%EOF")[2].strip(b"\r\n\t \x00") or b"%%EOF" not in end:
        raise Unacceptable(Reason.BROKEN_PDF)
    return Cleaned(content, PDF)


def _image(content: bytes, media_type: str) -> Cleaned:
    if media_type == "image/webp":
        _hold_size(*_webp_size(content))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # our own limits are lower than those Pillow warns of
            return _redrawn(content, media_type)
    except Unacceptable:
        raise
    except Exception as wrong:
        # Made-up bytes bring decoders to fail in every way there is; what they have in common is the answer.
        too_many = type(wrong).__name__ == "DecompressionBombError"
        raise Unacceptable(Reason.TOO_MANY_PIXELS if too_many else Reason.BROKEN_IMAGE) from wrong


def _redrawn(content: bytes, media_type: str) -> Cleaned:
    from PIL import Image, ImageOps

    form = media_type.partition("/")[2].upper()
    with Image.open(BytesIO(content), formats=[form]) as seen:
        _hold_size(*seen.size)
        seen.verify()
    with Image.open(BytesIO(content), formats=[form]) as opened:
        options = _options(opened, content, form)
        opened.load()
        ImageOps.exif_transpose(opened, in_place=True)
        picture = _in_our_colours(opened, form)
        # Encoders write what they find here: comments, profiles, Exif. The transparent colour is part of the picture.
        kept = {"transparency": picture.info["transparency"]} if "transparency" in picture.info else {}
        picture.info = {}
        target = BytesIO()
        picture.save(target, format=form, **options, **(kept if form == "GIF" else {}))
        return Cleaned(target.getvalue(), media_type, *picture.size)


def _options(opened: "Image", content: bytes, form: str) -> dict[str, Any]:
    """How to encode: a photograph with the tables it came with, so that it loses next to nothing, nor grows."""
    if form == "PNG":
        return {"compress_level": 7}
    if form == "WEBP":
        lossless = content[12:16] == b"VP8L" or b"VP8L" in content[30:64]
        return {"lossless": lossless, "quality": QUALITY, "method": 4, "exif": b"", "xmp": b"", "icc_profile": b""}
    if form == "GIF":
        return {"save_all": False}
    options: dict[str, Any] = {"quality": QUALITY, "optimize": True}
    tables = getattr(opened, "quantization", None)
    if opened.mode in ("L", "RGB") and tables and all(0 < each < 256 for table in tables.values() for each in table):
        from PIL import JpegImagePlugin

        sampling = JpegImagePlugin.get_sampling(opened) if opened.mode == "RGB" else -1
        options = {"qtables": tables, "optimize": True} | ({"subsampling": sampling} if sampling >= 0 else {})
    return options


def _in_our_colours(opened: "Image", form: str) -> "Image":
    """The picture in sRGB or grey, with transparency where the format has it; one image of an animation."""
    picture = _to_srgb(opened)
    if form == "JPEG":
        return picture if picture.mode in ("L", "RGB") else picture.convert("RGB")
    if form == "GIF":
        return picture if picture.mode in ("P", "L") else picture.convert("RGBA").quantize(method=2)
    if picture.mode.startswith(("I", "F")):  # sixteen bits and more: to eight, by dividing rather than cutting
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    if "transparency" in picture.info or picture.mode in ("PA", "LA", "La", "RGBa"):
        return picture.convert("RGBA")
    if form == "WEBP":
        return picture if picture.mode in ("RGB", "RGBA") else picture.convert("RGB")
    return picture if picture.mode in ("1", "L", "P", "RGB", "RGBA") else picture.convert("RGB")


def _to_srgb(opened: "Image") -> "Image":
    """Colours as a browser without the profile would show them; a profile that cannot be read is forgotten."""
    profile = opened.info.get("icc_profile")
    if not profile or len(profile) > LONGEST_PROFILE or opened.mode not in ("RGB", "RGBA", "CMYK"):
        return opened
    from PIL import ImageCms

    try:
        given = ImageCms.ImageCmsProfile(BytesIO(profile))
        wanted = "RGB" if opened.mode == "CMYK" else opened.mode
        found = ImageCms.profileToProfile(opened, given, ImageCms.createProfile("sRGB"), outputMode=wanted)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return opened
    return found or opened


def _webp_size(content: bytes) -> tuple[int, int]:
    """Width and height by the first chunk: the decoder would claim the memory before anybody could ask."""
    kind, body = content[12:16], content[20:30]
    try:
        if kind == b"VP8X":
            return 1 + int.from_bytes(body[4:7], "little"), 1 + int.from_bytes(body[7:10], "little")
        if kind == b"VP8L":
            bits = int.from_bytes(body[1:5], "little")
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        if kind == b"VP8 ":
            width, height = struct.unpack("<HH", content[26:30])
            return width & 0x3FFF, height & 0x3FFF
    except struct.error:
        pass
    raise Unacceptable(Reason.BROKEN_IMAGE)


def _hold_size(width: int, height: int) -> None:
    if width < 1 or height < 1:
        raise Unacceptable(Reason.BROKEN_IMAGE)
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise Unacceptable(Reason.TOO_MANY_PIXELS)
