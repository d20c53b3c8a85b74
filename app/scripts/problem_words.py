"""The sentences of this room's checks, for pages that say them in the reader's language."""

from app.library.problem_words import declare

_l = str  # translated when they are said, not here

declare(
    _l("nothing to say in “%(heading)s”"),
    _l("a quotation (> « … ») with the words to say"),
    _l("“%(heading)s” is no list"),
    _l("one list, each line beginning with “- ”"),
    _l("a branch that leads to no script"),
    _l("a link such as [« … »](script:id) in each line"),
    _l("the category “%(id)s” stands twice"),
    _l("each once"),
)
