"""Where a question is written, so that what is found of it leads to the form in which it is mended."""

from app.library import catalogue
from app.library.catalogue import Entry
from app.quizzes.attempting.composition import bank_of


def editing_address(quiz: Entry, key: str) -> str:
    """The address of a question's fields, in the quiz's file or its bank's, in the quiz's language."""
    bank = bank_of(key)
    entry = quiz if bank is None else catalogue.current().find(bank, quiz.language, "bank")
    if entry is None:
        return f"/library/{quiz.id}/{quiz.language}/fields"
    own = key if bank is None else key.removeprefix(f"{bank}/")
    questions = catalogue.current().body(entry).facts.questions
    place = next((place for place, question in enumerate(questions) if question.key == own), None)
    anchor = "" if place is None else f"#questions-{place}-title"
    return f"/library/{entry.id}/{entry.language}/fields{anchor}"
