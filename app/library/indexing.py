"""Keeping the search index: the same terms go into SQLite's FTS5 or PostgreSQL's tsvector."""

from sqlalchemy import delete, select, text

from app.core.database import db, is_postgresql
from app.library import analysis
from app.library.finding import vocabulary
from app.library.kinds import Draft, Kind, Passage
from app.library.models import SearchEntry

NO_TERM = "-"
LONGEST_ANCHOR = 200

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
    if draft.kind.articles is None:
        _add(draft, "", draft.kind.headline(draft), draft.kind.passages(draft))
        return
    for article in draft.kind.articles(draft):
        if len(article.anchor) <= LONGEST_ANCHOR:
            _add(draft, article.anchor, list(article.names), [Passage("", article.names[0], article.text)])


def _add(draft: Draft, part: str, names: list[str], passages: list[Passage]) -> None:
    """An entry, in each database's index and in the stock of words."""
    headline = _terms([word for each in names for word in analysis.words_of(each)], draft.language)
    words, terms, sections = _lay_out(passages, draft.kind, draft.language)
    entry = SearchEntry(
        document_id=draft.facts.id,
        language=draft.language,
        kind=draft.kind.name,
        part=part,
        headline_terms=_written(headline),
        words=" ".join(words),
        terms=_written(terms),
        sections=sections,
    )
    db.session.add(entry)
    db.session.flush()
    _fill_index(entry.id, draft.kind.name, _indexed(headline, draft.language), _indexed(terms, draft.language))
    vocabulary.gained(draft.language, vocabulary.words_in(entry.headline_terms, entry.terms))


def forget(document_id: str, language: str) -> None:
    """Take a document out of the index in one language."""
    entries = db.session.execute(
        select(SearchEntry.id, SearchEntry.headline_terms, SearchEntry.terms).filter_by(
            document_id=document_id, language=language
        )
    ).all()
    for entry_id, headline, terms in entries:
        vocabulary.lost(language, vocabulary.words_in(headline, terms))
        if not is_postgresql():
            db.session.execute(_DELETE_SQLITE, {"id": entry_id})
    if entries:
        db.session.execute(delete(SearchEntry).filter_by(document_id=document_id, language=language))


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


def _lay_out(
    passages: list[Passage], kind: Kind, language: str
) -> tuple[list[str], list[Term | None], list[list[object]]]:
    """The words of all passages in a row, their terms one for one, and where each section begins."""
    words: list[str] = []
    sections: list[list[object]] = []
    for passage in passages:
        begin = len(words)
        words += analysis.words_of(_told_by(passage, kind))
        sections.append([begin, passage.anchor, passage.heading, len(words)])
        words += analysis.words_of(passage.text)
    return words, _terms(words, language), sections


def _told_by(passage: Passage, kind: Kind) -> str:
    """What a heading says of its passage: of a block that every document has, only what its author added."""
    if passage.anchor in (*kind.required_blocks, *kind.optional_blocks):
        return passage.heading.partition(" — ")[2]
    return passage.heading if passage.anchor else ""
