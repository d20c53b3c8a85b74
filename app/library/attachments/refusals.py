"""What is said to a person whose file cannot be attached."""

from flask_babel import lazy_gettext as _l

from app.core.errors import InvalidInput
from app.library.attachments.cleaning import Reason, Unacceptable

SENTENCES = {
    Reason.EMPTY: _l("This file is empty. Choose a picture or a PDF."),
    Reason.SVG: _l("An SVG drawing can hold programs, so it is not taken. Save it as PNG or WebP and send that."),
    Reason.MODERN: _l("Not every browser shows this kind of picture (HEIC, AVIF). Save it as JPEG and send that."),
    Reason.UNKNOWN: _l(
        "This is neither a picture (PNG, JPEG, WebP, GIF) nor a PDF, whatever its name says. Choose another file."
    ),
    Reason.IMAGE_TOO_LARGE: _l("A picture may be at most 5 MB. Make it smaller and send it again."),
    Reason.PDF_TOO_LARGE: _l("A PDF may be at most 15 MB. Make it smaller and send it again."),
    Reason.TOO_MANY_PIXELS: _l(
        "This picture has too many pixels: at most 16 million, and 12,000 on a side. Make it smaller and send it again."
    ),
    Reason.BROKEN_IMAGE: _l("This picture cannot be read to its end. Open it, save it again, and send that."),
    Reason.BROKEN_PDF: _l("This PDF lacks its beginning or its end. Open it, save it again, and send that."),
}


def told(refused: Unacceptable) -> InvalidInput:
    """The error that a page shows."""
    return InvalidInput(SENTENCES[refused.reason], reason=refused.reason.name)
