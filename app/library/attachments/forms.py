"""What the attachments' page takes in."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired

ACCEPTED = ".png,.jpg,.jpeg,.webp,.gif,.pdf,image/png,image/jpeg,image/webp,image/gif,application/pdf"


class AttachmentForm(FlaskForm):
    """A picture or a PDF."""

    file = FileField(_l("Picture or PDF"), [FileRequired(_l("Choose a file."))], render_kw={"accept": ACCEPTED})
