"""A text between its bytes and a browser's text field, which knows one kind of line end and no leading mark."""

from app.core.errors import InvalidInput
from app.library.files import LARGEST

_MARK = b"\xef\xbb\xbf"


class TooLong(InvalidInput):
    """More than a document may hold."""

    status = 413


def shown(source: bytes) -> str:
    """What the text field shows; bytes that are no text show as such."""
    return source.removeprefix(_MARK).decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")


def written(text: str, like: bytes) -> bytes:
    """The bytes of what was typed, with the line ends and the mark that the earlier text had: nobody typed these.

    Raises InvalidInput for what is no text, TooLong beyond the size of a file.
    """
    try:
        source = text.replace("\r\n", "\n").replace("\r", "\n").encode()
    except UnicodeEncodeError as wrong:
        raise InvalidInput from wrong
    if like.count(b"\r\n") * 2 > like.count(b"\n") > 0:
        source = source.replace(b"\n", b"\r\n")
    if like.startswith(_MARK):
        source = _MARK + source
    if len(source) > LARGEST:
        raise TooLong
    return source
