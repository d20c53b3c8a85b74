"""What changed in a play since its reader vouched for it: against their version, in the language they read it in."""

from dataclasses import dataclass
from datetime import datetime

from app.library import catalogue
from app.library.differences import comparing, revisions
from app.library.differences.comparing import Difference
from app.library.differences.revisions import RevisionLine
from app.playbook.play_pages import PlayPage


@dataclass(frozen=True)
class Changes:
    """Everything on the page. `difference` is None when the two texts cannot be shown beside each other.

    `holds`: their word still stands, so that nothing is asked. `revision_id` is what they would vouch for: the current
    text in the language they read, None once it is not published in that language.
    """

    page: PlayPage
    at: datetime
    theirs: RevisionLine
    newer: tuple[RevisionLine, ...]
    holds: bool
    revision_id: int | None
    difference: Difference | None

    @property
    def current(self) -> RevisionLine:
        """The newest version in the language they read."""
        return self.newer[0] if self.newer else self.theirs

    @property
    def language(self) -> str:
        """The language they read it in."""
        return self.theirs.language

    @property
    def is_other_language(self) -> bool:
        """Whether the play's page now shows them another language than the one they read."""
        return self.language != self.page.play.language


def of_reader(page: PlayPage, said: tuple[int, datetime]) -> Changes | None:
    """The changes since a reader's word; None when the version it was given on is not known. Two statements."""
    revision_id, at = said
    found = revisions.since(page.play.id, revision_id)
    if found is None:
        return None
    difference = None
    if found.published_id is not None:
        difference = comparing.revisions_as_page(revision_id, found.published_id)
    holds = catalogue.current().stands(page.play.id, revision_id)
    return Changes(page, at, found.theirs, found.newer, holds, found.published_id, difference)
