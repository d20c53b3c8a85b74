"""A published quiz or bank in another format."""

from app.core.errors import NotFound
from app.library import catalogue
from app.library.catalogue import Entry
from app.quizzes.formats import quiz_document, registry, yaml_format
from app.quizzes.formats.model import Question, Written


def published(document_id: str, language: str) -> Entry:
    """The quiz or bank of this id, in this language else another. Raises NotFound, Moved."""
    current = catalogue.current()
    for kind in ("bank", "quiz"):
        try:
            return current.get(document_id, language, kind)
        except NotFound:
            if kind == "quiz":
                raise
    raise NotFound(document=document_id)


def questions_of(entry: Entry) -> list[Question]:
    """Its questions; of a bank, in the category that has its title."""
    facts = catalogue.current().body(entry).facts
    return [quiz_document.from_quiz(each, number) for number, each in enumerate(facts.questions, start=1)]


def write(entry: Entry, format_name: str) -> Written:
    """The file, and what it could not carry."""
    questions = questions_of(entry)
    other = registry.FORMATS[format_name]
    if other.write is not None:
        if entry.kind.name == "bank":
            category = "$course$/top/" + entry.title.replace("/", "//")
            questions = [each.with_texts(category=category) for each in questions]
        return other.write(questions)
    facts = catalogue.current().body(entry).facts
    about = facts.model_dump(mode="json", exclude={"questions"}, exclude_defaults=True)
    return yaml_format.write(questions, {**about, "language": entry.language})
