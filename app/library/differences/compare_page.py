"""The page that compares any two texts of a document in one language: two revisions, or one with the draft."""

from dataclasses import dataclass

from app.core.errors import NotFound
from app.library import catalogue
from app.library.authoring import checks, drafts
from app.library.authoring.drafts import DraftView
from app.library.differences import comparing, revisions
from app.library.differences.comparing import Difference, SourceDifference
from app.library.differences.revisions import RevisionLine, Text

DRAFT = "draft"


@dataclass(frozen=True)
class ComparePage:
    """Everything on the page. `page` is None in the view of the source, and where no page can be made of a text."""

    document_id: str
    language: str
    title: str
    lines: tuple[RevisionLine, ...]
    draft: DraftView | None
    old: RevisionLine
    new: RevisionLine | None
    is_source: bool
    page: Difference | None
    source: SourceDifference | None
    address: str | None

    @property
    def newer(self) -> tuple[RevisionLine, ...]:
        """The revisions after the older text, up to the newer one, newest first: their notes say why it changed."""
        upto = self.new.number if self.new else self.lines[0].number
        return tuple(line for line in self.lines if self.old.number < line.number <= upto)


def look(document_id: str, language: str, asked_old: str, asked_new: str, *, source: bool) -> ComparePage:
    """Compare what was asked for; without a wish, the published text with the one before it. Raises NotFound."""
    lines = revisions.of_edition(document_id, language)
    draft = drafts.find(document_id, language)
    if not lines or (asked_new == DRAFT and draft is None):
        raise NotFound(document=document_id, language=language)
    new = None if asked_new == DRAFT else _line(lines, asked_new) if asked_new else lines[0]
    old = _line(lines, asked_old) if asked_old else _before(lines, new)
    if new is not None and new.number < old.number:
        old, new = new, old  # from the older to the newer, in whichever order they were picked
    page, text = _compared(old, new, draft, source=source)
    entry = catalogue.current().find(document_id, language)
    return ComparePage(
        document_id=document_id,
        language=language,
        title=(new or lines[0]).title,
        lines=tuple(lines),
        draft=draft,
        old=old,
        new=new,
        is_source=source,
        page=page,
        source=text,
        address=entry.address if entry and entry.kind.address else None,
    )


def _line(lines: list[RevisionLine], asked: str) -> RevisionLine:
    for line in lines:
        if str(line.number) == asked:
            return line
    raise NotFound(revision=asked)


def _before(lines: list[RevisionLine], new: RevisionLine | None) -> RevisionLine:
    """The revision before; of the first one, itself. A draft is compared with the newest revision."""
    if new is None:
        return lines[0]
    at = lines.index(new)
    return lines[min(at + 1, len(lines) - 1)]


def _compared(
    old: RevisionLine, new: RevisionLine | None, draft: DraftView | None, *, source: bool
) -> tuple[Difference | None, SourceDifference | None]:
    if new is not None and not source:
        return comparing.revisions_as_page(old.id, new.id), None
    found = revisions.texts([old.id, new.id] if new else [old.id])
    if new is not None:
        after = found[new.id]
    elif draft is not None:
        after = _of_draft(draft, rendered=not source)
    else:
        raise NotFound()
    if source:
        return None, comparing.as_source(found[old.id], after)
    return comparing.as_page(found[old.id], after), None


def _of_draft(draft: DraftView, *, rendered: bool) -> Text:
    """A draft as far as a page can be made of it: one with problems may still be readable."""
    if not rendered:
        return Text(None, draft.language, draft.text, {}, None)
    checked = checks.check(draft.path, draft.source)
    readable = checked.draft or checked.readable
    if readable is None:
        return Text(None, draft.language, draft.text, {}, None)
    return Text(None, draft.language, draft.text, readable.facts.model_dump(mode="json"), readable.blocks)
