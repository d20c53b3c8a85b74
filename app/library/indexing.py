"""Keeping the search index: the same terms go into SQLite's FTS5 or PostgreSQL's tsvector."""

from sqlalchemy import delete, select, text

from app.core.database import db, is_postgresql
from app.library import analysis
from app.library.kinds import Draft, Passage
from app.library.models import SearchEntry

NO_TERM = "-"

Term = tuple[str, str]  # a folded word and its stem

_INSERT_SQLITE = text("INSERT INTO search_index (rowid, headline, body, kind) VALUES (:id, :headline, :body, :kind)")
_DELETE_SQLITE = text("DELETE FROM search_index WHERE rowid = :id")
_UPDATE_POSTGRESQL = text(
    "UPDATE search_entry SET headline_index = array_to_tsvector(:headline), body_index = array_to_tsvector(:body) "
    "WHERE id = :id"
)


def index(draft: Draft) -> None:
    """Put a draft in the index, in place of the document's earlier text in this language."""
    forget(draft.facts.id, draft.language)
    if not draft.kind.searchable:
        return
    headline = _terms([word for each in draft.kind.headline(draft) for word in analysis.words_of(each)], draft.language)
    words, terms, sections = _lay_out(draft.kind.passages(draft), draft.language)
    entry = SearchEntry(
        document_id=draft.facts.id,
        language=draft.language,
        kind=draft.kind.name,
        headline_terms=_written(headline),
        words=" ".join(words),
        terms=_written(terms),
        sections=sections,
    )
    db.session.add(entry)
    db.session.flush()
    _fill_index(entry.id, draft.kind.name, _indexed(headline, draft.language), _indexed(terms, draft.language))


def forget(document_id: str, language: str) -> None:
    """Take a document out of the index in one language."""
    entry_id = db.session.execute(
        select(SearchEntry.id).filter_by(document_id=document_id, language=language)
    ).scalar_one_or_none()
    if entry_id is None:
        return
    if not is_postgresql():
        db.session.execute(_DELETE_SQLITE, {"id": entry_id})
    db.session.execute(delete(SearchEntry).where(SearchEntry.id == entry_id))


def _fill_index(entry_id: int, kind: str, headline: list[str], body: list[str]) -> None:
    if is_postgresql():
        db.session.execute(
            _UPDATE_POSTGRESQL, {"id": entry_id, "headline": headline, "body": sorted({*headline, *body})}
        )
        return
    row = {"id": entry_id, "kind": kind, "headline": " ".join(headline), "body": " ".join(body)}
    db.session.execute(_INSERT_SQLITE, row)


def _terms(words: list[str], language: str) -> list[Term | None]:
    return [analysis.terms_of(word, language) for word in words]


def _written(terms: list[Term | None]) -> str:
    """Terms as `ranking` reads them, one for each word of the text."""
    return " ".join(f"{term[0]}/{term[1]}" if term else NO_TERM for term in terms)


def _indexed(terms: list[Term | None], language: str) -> list[str]:
    """What the index holds: folded words and marked stems, each once."""
    sign = analysis.sign_of(language)
    return sorted({form for term in terms if term for form in (term[0], sign + term[1])})


def _lay_out(passages: list[Passage], language: str) -> tuple[list[str], list[Term | None], list[list[object]]]:
    """The words of all passages in a row, their terms one for one, and where each section begins."""
    words: list[str] = []
    sections: list[list[object]] = []
    for passage in passages:
        sections.append([len(words), passage.anchor, passage.heading])
        words += analysis.words_of(passage.text)
    return words, _terms(words, language), sections
