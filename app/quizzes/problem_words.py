"""The sentences of this room's checks, for pages that say them in the reader's language."""

from app.library.problem_words import declare

_l = str  # translated when they are said, not here

declare(
    _l("%(number)s right options in “%(key)s”"),
    _l("exactly one “right: true”"),
    _l("at least one right and one wrong"),
    _l("the tolerance %(number)s"),
    _l("zero or more"),
    _l("the key “%(key)s” is also question %(number)s"),
    _l("a key of its own"),
    _l("option %(number)s repeats option %(other)s"),
    _l("another text"),
    _l("“%(words)s” among the accepted answers"),
    _l("letters or digits"),
)
