"""Bringing renderings up to date after a glossary or the renderer changed. Revisions stay as they are."""

from collections.abc import Mapping

from sqlalchemy import select

from app.core.database import db
from app.library import parsing, publishing
from app.library.files import SourceFile
from app.library.kinds import Draft, all_kinds
from app.library.models import Edition, Rendering, Revision
from app.library.problems import Problem

Abbreviations = Mapping[str, Mapping[str, str]]  # by language


def outdated(words: Abbreviations, language: str | None = None) -> list[tuple[str, str, int]]:
    """The path, language and revision of each published text that was rendered with other words. One statement."""
    this = (
        select(Edition.path, Edition.language, Revision.id, Rendering.made_with)
        .join(Revision, Revision.id == Edition.published_id)
        .join(Rendering, Rendering.revision_id == Revision.id)
    )
    rows = db.session.execute(this if language is None else this.where(Edition.language == language)).all()
    recipes = {each: publishing.recipe(words.get(each, {})) for each in {row.language for row in rows}}
    return [(row.path, row.language, row.id) for row in rows if row.made_with != recipes[row.language]]


def render_again(texts: list[tuple[str, str, int]], words: Abbreviations) -> tuple[int, list[Problem]]:
    """Render these again, in the current transaction: how many were, and what stood in the way of the others."""
    done, problems = 0, []
    for path, language, revision_id in texts:
        source = db.session.execute(select(Revision.source).filter_by(id=revision_id)).scalar_one()
        spoken = words.get(language, {})
        draft = parsing.parse(SourceFile(path, source), all_kinds(), spoken)
        if isinstance(draft, Draft):
            publishing.render_again(revision_id, draft, publishing.recipe(spoken))
            done += 1
        else:
            problems += draft.problems
    return done, problems
