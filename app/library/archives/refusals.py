"""What is said to a person whose archive is not read."""

from flask_babel import lazy_gettext as _l

from app.core.errors import InvalidInput
from app.library.archives.zips import Reason, Unsafe

SENTENCES = {
    Reason.NOT_A_ZIP: _l("This is no whole zip archive. Make it again and choose it."),
    Reason.TOO_LARGE: _l("An archive may be at most 64 MB. Leave some files out."),
    Reason.TOO_MANY: _l("An archive may hold at most 20,000 files. Leave some out."),
    Reason.INFLATES: _l("This archive holds more than 512 MB. Leave some files out."),
    Reason.NAME: _l("“%(name)s” is a name that leads out of the archive or that no file should have."),
    Reason.TWICE: _l("“%(name)s” stands twice in the archive."),
    Reason.LINK: _l("“%(name)s” is a link or a device. Only ordinary files are read."),
    Reason.ENCRYPTED: _l("“%(name)s” is encrypted. Make the archive without a password."),
    Reason.METHOD: _l("“%(name)s” is compressed in an unusual way. Make the archive as an ordinary zip."),
    Reason.NESTED: _l("“%(name)s” is an archive in the archive. Unpack it first."),
    Reason.LIES: _l("“%(name)s” is not what the archive says of it. Make the archive again."),
    Reason.OVERLAPS: _l("“%(name)s” overlaps with another file. Make the archive again."),
    Reason.MEMBER_TOO_LARGE: _l(
        "“%(name)s” is too large: a text may be at most 512 kB, a picture 5 MB and a PDF 15 MB."
    ),
    Reason.NOTHING: _l(
        "No file of the library is in this archive. Its files begin with content/ or quizzes/, as in "
        "content/fr/objections/trop-cher.md; a single folder around them does no harm."
    ),
}


def told(unsafe: Unsafe) -> InvalidInput:
    """The error that a page shows."""
    sentence = SENTENCES[unsafe.reason]
    if unsafe.name:
        sentence = sentence % {"name": unsafe.name}
    return InvalidInput(sentence, reason=unsafe.reason.name)
