"""What is attached is found from its bytes and holds nothing but what it shows."""

import struct
import zlib
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from app.library.attachments import cleaning, names
from app.library.attachments.cleaning import Reason, Unacceptable, clean
from tests.attachment_factories import PDF, SECRET, animation, picture, telling_picture

FORMS = ("PNG", "JPEG", "WEBP", "GIF")


def reason(content: bytes) -> Reason:
    with pytest.raises(Unacceptable) as refused:
        clean(content)
    return refused.value.reason


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


@pytest.mark.parametrize("form", FORMS)
def test_nothing_that_a_picture_tells_is_kept(form: str) -> None:
    given_ = telling_picture(form)
    assert SECRET in given_
    kept = clean(given_)
    assert SECRET not in kept.content
    assert not opened(kept.content).getexif()
    assert kept.media_type == f"image/{form.lower()}"


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_picture_on_its_side_is_turned_upright(form: str) -> None:
    kept = clean(telling_picture(form))
    assert (kept.width, kept.height) == (20, 40) == opened(kept.content).size


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("hidden", [b"<script>alert(1)</script>", b"%PDF-1.7 %%EOF", b"PK\x03\x04"])
def test_a_second_file_behind_a_picture_does_not_survive(form: str, hidden: bytes) -> None:
    assert hidden not in clean(picture(form) + hidden).content


def test_a_script_in_a_comment_or_chunk_does_not_survive() -> None:
    png = picture("PNG")
    body = b"tEXt" + b"x\0<script>alert(1)</script>"
    chunk = struct.pack(">L", len(body) - 4) + body + struct.pack(">L", zlib.crc32(body))
    assert b"script" not in clean(png[:33] + chunk + png[33:]).content
    gif = picture("GIF", comment=b"*/=1;alert(1)//")
    assert b"alert" in gif
    assert b"alert" not in clean(gif).content


@pytest.mark.parametrize("form", ["PNG", "GIF", "WEBP"])
def test_cleaning_twice_changes_nothing_more(form: str) -> None:
    lossless = {"lossless": True} if form == "WEBP" else {}
    once = clean(picture(form, **lossless))
    assert clean(once.content).digest == once.digest


@pytest.mark.parametrize("form", ["GIF", "WEBP"])
def test_of_an_animation_the_first_image_is_kept(form: str) -> None:
    kept = opened(clean(animation(form)).content)
    assert getattr(kept, "n_frames", 1) == 1
    assert kept.convert("RGB").getpixel((4, 4))[0] > 200  # type: ignore[index]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_is_taken(mode: str) -> None:
    target = BytesIO()
    grey = Image.linear_gradient("L")
    drawn = grey.convert("RGBA").convert(mode) if mode in ("LA", "P", "RGBA") else grey.convert(mode)
    drawn.save(target, format="PNG")
    assert clean(target.getvalue()).width == 256


def test_transparency_stays() -> None:
    target = BytesIO()
    Image.new("RGBA", (4, 4), (255, 0, 0, 0)).save(target, format="PNG")
    assert opened(clean(target.getvalue()).content).convert("RGBA").getpixel((0, 0)) == (255, 0, 0, 0)
    target = BytesIO()
    Image.new("P", (4, 4), 0).save(target, format="GIF", transparency=0)
    assert opened(clean(target.getvalue()).content).convert("RGBA").getpixel((0, 0))[3] == 0  # type: ignore[index]


def test_colours_of_a_print_shop_become_those_of_a_screen() -> None:
    target = BytesIO()
    Image.new("CMYK", (8, 8), (0, 255, 255, 0)).save(target, format="JPEG")
    assert opened(clean(target.getvalue()).content).mode == "RGB"


def test_a_colour_profile_is_applied_and_goes() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    kept = clean(picture("JPEG", icc_profile=profile))
    assert "icc_profile" not in opened(kept.content).info
    assert clean(picture("PNG", icc_profile=b"not a profile")).width == 40


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", Reason.EMPTY),
        (b"<svg onload=alert(1)>", Reason.SVG),
        (b'<?xml version="1.0"?>\n<SVG xmlns="http://www.w3.org/2000/svg"><script/></SVG>', Reason.SVG),
        (b"<html><script>alert(1)</script>", Reason.UNKNOWN),
        (b"PK\x03\x04", Reason.UNKNOWN),
        (b"MZ\x90", Reason.UNKNOWN),
        (b"\x00\x00\x00\x20ftypavif", Reason.MODERN),
        (b"\x00\x00\x00\x20ftypheic", Reason.MODERN),
        (b"BM" + b"\0" * 60, Reason.UNKNOWN),
        (b"II*\x00" + b"\0" * 60, Reason.UNKNOWN),
        (b"\x89PNG\r\n\x1a\n<script>alert(1)</script>", Reason.BROKEN_IMAGE),
        (b"\xff\xd8\xff<script>", Reason.BROKEN_IMAGE),
        (b"GIF89a=1;alert(1)//", Reason.BROKEN_IMAGE),
        (b"RIFF\0\0\0\0WEBP", Reason.BROKEN_IMAGE),
        (b"RIFF\0\0\0\0WEBPVP8 \0\0", Reason.BROKEN_IMAGE),
        (picture("PNG")[:-20], Reason.BROKEN_IMAGE),
        (picture("JPEG", size=(400, 400))[:400], Reason.BROKEN_IMAGE),
        (b" " + PDF, Reason.UNKNOWN),
        (b"%PDF-1.7\nno end", Reason.BROKEN_PDF),
        (b"%PDF-x.y\n" + PDF[9:], Reason.BROKEN_PDF),
        (PDF + b"<script>alert(1)</script>", Reason.BROKEN_PDF),
        (PDF + b"PK\x03\x04" + b"\0" * 2000, Reason.BROKEN_PDF),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * cleaning.LARGEST_IMAGE, Reason.IMAGE_TOO_LARGE),
        (PDF[:9] + b" " * cleaning.LARGEST_PDF + PDF[9:], Reason.PDF_TOO_LARGE),
    ],
)
def test_anything_else_is_refused(content: bytes, expected: Reason) -> None:
    assert reason(content) is expected


def bomb(width: int, height: int) -> bytes:
    """A PNG that says it is so large, in a few bytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body))

    header = struct.pack(">LLBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 64)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(50_000, 50_000), (4_001, 4_000), (12_001, 1), (1, 12_001), (2**31 - 1, 2**31 - 1)])
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_drawn(size: tuple[int, int]) -> None:
    assert reason(bomb(*size)) is Reason.TOO_MANY_PIXELS


def test_a_webp_canvas_is_measured_before_the_decoder_claims_it() -> None:
    wide = b"VP8X" + struct.pack("<L", 10) + b"\0\0\0\0" + (16_382).to_bytes(3, "little") * 2
    assert reason(b"RIFF" + struct.pack("<L", len(wide) + 4) + b"WEBP" + wide) is Reason.TOO_MANY_PIXELS
    lossless = b"VP8L" + struct.pack("<L", 10) + b"\x2f" + struct.pack("<L", 16_383 | 16_383 << 14) + b"\0" * 5
    assert reason(b"RIFF" + struct.pack("<L", len(lossless) + 4) + b"WEBP" + lossless) is Reason.TOO_MANY_PIXELS


def test_a_pdf_is_kept_byte_for_byte() -> None:
    kept = clean(PDF)
    assert (kept.content, kept.media_type, kept.width) == (PDF, "application/pdf", None)


def test_a_zip_that_is_a_pdf_as_well_is_refused() -> None:
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        archive.writestr("x.html", "<script>alert(1)</script>")
    assert reason(PDF + target.getvalue()) is Reason.BROKEN_PDF


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(FORMS), st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 255)), min_size=1, max_size=12))
def test_bytes_changed_at_random_are_refused_or_drawn_anew(form: str, changes: list[tuple[int, int]]) -> None:
    content = bytearray(telling_picture(form))
    for place, value in changes:
        content[place % len(content)] = value
    try:
        kept = clean(bytes(content))
    except Unacceptable:
        return
    assert SECRET not in kept.content
    assert kept.media_type in names.EXTENSIONS


@settings(max_examples=200)
@given(st.text(max_size=300), st.sampled_from(list(names.EXTENSIONS)))
def test_a_name_is_always_a_slug_with_the_right_extension(file_name: str, media_type: str) -> None:
    name = names.name_for(file_name, media_type)
    assert names.is_name(name)
    assert names.media_type_of(name) == media_type
    assert names.is_name(names.numbered(name, 1_000))
    assert names.names_in(f"![x](attachment:{name}) et".encode()) == {name}


@pytest.mark.parametrize(
    ("file_name", "name"),
    [
        ("Plan de l’atelier (v2).PNG", "plan-de-l-atelier-v2.png"),
        ("../../etc/passwd", "passwd.png"),
        ("C:\\Users\\x\\Tarifs 2026.pdf", "tarifs-2026.png"),
        ("<script>alert(1)</script>.png", "script.png"),
        ("\u202egnp.exe", "gnp.png"),
        ("", "attachment.png"),
        (".png", "png.png"),
        ("漢字.png", "attachment.png"),
        ("œuvre.png", "oeuvre.png"),
    ],
)
def test_a_name_is_made_from_the_file_s_own(file_name: str, name: str) -> None:
    assert names.name_for(file_name, "image/png") == name
