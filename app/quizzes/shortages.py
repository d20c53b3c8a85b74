"""Sections that draw more questions than their bank has: found among what is published, told on the page of health."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from app.core.database import db
from app.library.health.findings import Finding, Group
from app.library.models import DocumentLink, Edition, Revision


@dataclass(frozen=True)
class Shortage:
    """A section of a published quiz, in a language, and how many of the questions it draws there are."""

    document_id: str
    language: str
    quiz: str
    section: str
    drawn: int
    fitting: int


def shortages() -> list[Shortage]:
    """Every section that draws too much from a bank, by quiz. Two statements."""
    drawing = db.session.execute(
        select(Edition.document_id, Edition.language, Revision.title, Revision.facts)
        .join(Revision, Revision.id == Edition.published_id)
        .where(
            select(DocumentLink.target_id)
            .where(
                DocumentLink.document_id == Edition.document_id,
                DocumentLink.language == Edition.language,
                DocumentLink.target_kind == "bank",
            )
            .exists()
        )
        .order_by(Edition.document_id, Edition.language)
    ).all()
    banks = _banks({each["bank"] for row in drawing for each in row.facts.get("sections", ()) if each.get("bank")})
    return [
        Shortage(row.document_id, row.language, row.title, section["title"], section["draw"], fitting)
        for row in drawing
        for section in row.facts.get("sections", ())
        if section.get("bank")
        and (fitting := _fitting(section.get("tags", ()), banks, section["bank"], row.language)) < section["draw"]
    ]


def group() -> list[Group]:
    """They as a part of the page of health."""
    found = tuple(
        Finding(
            each.quiz,
            ngettext(
                "“%(section)s” draws %(drawn)s questions: the bank has %(num)d that fits",
                "“%(section)s” draws %(drawn)s questions: the bank has %(num)d that fit",
                each.fitting,
                section=each.section,
                drawn=each.drawn,
            ),
            _("Mend it"),
            f"/library/{each.document_id}/{each.language}/fields",
            each.language,
        )
        for each in shortages()
    )
    return [
        Group(
            name="banks",
            icon="package",
            title=_("Banks with too few questions"),
            short=_("banks too small"),
            why=_("Readers are asked fewer questions than their quiz announces."),
            findings=found,
            order=32,
        )
    ]


_Questions = dict[tuple[str, str], list[set[str]]]  # the tags of each question, by bank and language


def _banks(ids: set[str]) -> _Questions:
    if not ids:
        return {}
    rows = db.session.execute(
        select(Edition.document_id, Edition.language, Revision.facts)
        .join(Revision, Revision.id == Edition.published_id)
        .where(Edition.document_id.in_(sorted(ids)))
    )
    return {
        (document_id, language): [set(question.get("tags", ())) for question in facts.get("questions", ())]
        for document_id, language, facts in rows
    }


def _fitting(tags: list[str], banks: _Questions, bank_id: str, language: str) -> int:
    """The questions of a bank with all these tags: of its edition in the quiz's language, else of any other."""
    others = [each for (identity, _language), each in sorted(banks.items()) if identity == bank_id]
    questions = banks.get((bank_id, language)) or (others[0] if others else [])
    return sum(set(tags) <= each for each in questions)
