"""What the editor's scripts say, and which scripts there are: the page hands both over."""

from flask_babel import lazy_gettext as _l

from app.library.authoring.tongues import LANGUAGES as LANGUAGES

# In the order they are started: each may use what those before it brought.
SCRIPTS = ("text", "lines", "device", "late", "saving", "checking", "toolbar", "links", "attachments", "views")

SAID = {
    "saving": _l("Saving…"),
    "saved": _l("Draft saved at %(hour)s", hour="{hour}"),
    "waiting": _l("Typed, not saved yet"),
    "unchanged": _l("No draft: this is the published text"),
    "offline": _l("Not saved: no network. This device keeps your text, and tries again."),
    "signed-out": _l(
        "Not saved: you are signed out. Sign in again in another window, then save. This device keeps it."
    ),
    "refused": _l("Not saved: the server refuses it. This device keeps your text."),
    "too-long": _l("Not saved: a document holds at most 512 kB. This device keeps your text."),
    "choose": _l("Not saved yet: choose below which text goes on"),
    "merged": _l("%(who)s’s changes were merged into yours", who="{who}"),
    "gone": _l("This draft was published or discarded meanwhile: what you type now begins a new one"),
    "nothing": _l("There is nothing to publish: the text is the published one."),
    "sending": _l("Sending %(name)s…", name="{name}"),
    "sent": _l("%(name)s was added", name="{name}"),
    "not-sent": _l("%(name)s was not added: no network. Try again.", name="{name}"),
    "at-line": _l("line %(line)s: %(what)s", line="{line}", what="{what}"),
    "example": _l("words"),
    "column": _l("Column"),
    "cell": _l("cell"),
}
