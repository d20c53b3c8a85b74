"""The sentences of this room's checks, for pages that say them in the reader's language."""

from app.library.problem_words import declare

_l = str  # translated when they are said, not here

declare(
    _l("nothing under “%(heading)s”"),
    _l("the text of this block"),
    _l("%(number)s words"),
    _l("a play read in under five minutes: at most %(number)s words"),
)
