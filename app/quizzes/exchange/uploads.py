"""The file of questions that somebody looks at before a draft is made of it: kept for an hour, one a person."""

from dataclasses import asdict, dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select, update

from app.core import clock, ids, rounds
from app.core.database import db, insert
from app.quizzes.exchange.models import QuestionUpload

KEPT = timedelta(hours=1)
LARGEST = 5 * 1024 * 1024
LONGEST_NAME = 200


@dataclass(frozen=True)
class Wanted:
    """What is to become of a file. `into` is quiz or bank for a new one, else `id/language` of one whose draft the
    questions are added to; `title` and `language` are those of a new one, `step` what questions send back to."""

    format_name: str
    into: str
    language: str
    title: str
    step: str


@dataclass(frozen=True)
class Upload:
    """A file that is kept. `made` is the address of the draft that was made of it."""

    id: UUID
    name: str
    content: bytes
    wanted: Wanted
    made: str | None


def keep(person_id: UUID, name: str, content: bytes, wanted: Wanted) -> UUID:
    """Keep a file in place of the person's earlier one; commits. Its id names this upload and no other."""
    plain = "".join(each for each in name.replace("\\", "/").rpartition("/")[2] if each.isprintable())[:LONGEST_NAME]
    values = {"id": ids.new(), "name": plain, "content": content, "wanted": asdict(wanted), "made": None}
    values["at"] = clock.now()
    statement = insert(QuestionUpload).values(person_id=person_id, **values)
    db.session.execute(statement.on_conflict_do_update(index_elements=["person_id"], set_=values))
    db.session.commit()
    return values["id"]  # type: ignore[return-value]


def find(person_id: UUID) -> Upload | None:
    """The file that a person has before them."""
    row = db.session.execute(
        select(
            QuestionUpload.id,
            QuestionUpload.name,
            QuestionUpload.content,
            QuestionUpload.wanted,
            QuestionUpload.made,
        ).where(QuestionUpload.person_id == person_id, QuestionUpload.at > clock.now() - KEPT)
    ).one_or_none()
    return Upload(row.id, row.name, row.content, Wanted(**row.wanted), row.made) if row else None


def waiting(person_id: UUID) -> str | None:
    """The name of the file that a person has before them, if no draft was made of it yet."""
    this = select(QuestionUpload.name).where(
        QuestionUpload.person_id == person_id, QuestionUpload.at > clock.now() - KEPT, QuestionUpload.made.is_(None)
    )
    return db.session.execute(this).scalar()


def claim(person_id: UUID, upload_id: UUID, address: str) -> bool:
    """Part of a larger act: write down that a draft is made of the file, at this address. False when one was made
    already; of two at once, the second waits here for the first."""
    claimed = db.session.execute(
        update(QuestionUpload)
        .where(QuestionUpload.person_id == person_id, QuestionUpload.id == upload_id, QuestionUpload.made.is_(None))
        .values(made=address)
        .returning(QuestionUpload.id)
        .execution_options(synchronize_session=False)
    )
    return claimed.scalar() is not None


def amend(person_id: UUID, address: str) -> None:
    """Part of the same act: the address, now that it is known."""
    this = update(QuestionUpload).where(QuestionUpload.person_id == person_id).values(made=address)
    db.session.execute(this.execution_options(synchronize_session=False))


def drop(person_id: UUID) -> None:
    """Forget a person's file; commits."""
    _forget(QuestionUpload.person_id == person_id)
    db.session.commit()


@rounds.every("question files", timedelta(minutes=10))
def forget_old() -> None:
    """Forget the files that nobody came back to."""
    _forget(QuestionUpload.at <= clock.now() - KEPT)


def _forget(which: object) -> None:
    db.session.execute(delete(QuestionUpload).where(which).execution_options(synchronize_session=False))  # type: ignore[arg-type]
