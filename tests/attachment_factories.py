"""Small pictures and PDFs for tests, honest and otherwise."""

from io import BytesIO
from typing import Any

from PIL import Image, PngImagePlugin

SECRET = b"Chez Mme Secret"
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"


def picture(form: str = "PNG", size: tuple[int, int] = (40, 20), colour: str = "#1f4f8f", **options: Any) -> bytes:
    """A picture of one colour."""
    target = BytesIO()
    Image.new("RGB", size, colour).save(target, format=form, **options)
    return target.getvalue()


def telling_picture(form: str = "JPEG", orientation: int = 6) -> bytes:
    """A picture that says where it was taken, and that lies on its side."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = SECRET.decode()
    exif.get_ifd(0x8825)[1] = "N"
    options: dict[str, Any] = {"exif": exif}
    if form == "PNG":
        texts = PngImagePlugin.PngInfo()
        texts.add_text("Comment", SECRET.decode())
        texts.add_itxt("XML:com.adobe.xmp", f"<x>{SECRET.decode()}</x>")
        options["pnginfo"] = texts
    if form == "WEBP":
        options["xmp"] = b"<x>" + SECRET + b"</x>"
    if form == "GIF":
        options = {"comment": SECRET}
    if form == "JPEG":
        options["comment"] = SECRET
    return picture(form, **options)


def animation(form: str = "GIF") -> bytes:
    """Two images, the second in another colour."""
    target = BytesIO()
    first, second = Image.new("RGB", (8, 8), "red"), Image.new("RGB", (8, 8), "blue")
    first.save(target, format=form, save_all=True, append_images=[second], duration=100)
    return target.getvalue()


def form_with(content: bytes, name: str, **fields: str) -> dict[str, Any]:
    """What a browser sends for a form with one file, as arguments of a test client's post.

    Written out here: the client itself would leave a temporary file open for a large one.
    """
    mark = b"----------------mark"
    parts = [
        b'Content-Disposition: form-data; name="%s"\r\n\r\n%s' % (k.encode(), v.encode()) for k, v in fields.items()
    ]
    quoted = name.replace('"', "%22").encode()
    head = (
        b'Content-Disposition: form-data; name="file"; filename="%s"\r\nContent-Type: application/octet-stream' % quoted
    )
    parts.append(head + b"\r\n\r\n" + content)
    body = b"".join(b"--" + mark + b"\r\n" + part + b"\r\n" for part in parts) + b"--" + mark + b"--\r\n"
    return {"data": body, "content_type": f"multipart/form-data; boundary={mark.decode()}"}
