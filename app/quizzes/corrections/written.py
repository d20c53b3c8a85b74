"""Corrections of what was written in sentences: nothing to say but what a manager said, and how it could be done."""

from app.quizzes.corrections.parts import Line, Shown, Told
from app.quizzes.replies import Reply, Typed
from app.quizzes.sheets import Sheet


def sentences(sheet: Sheet, reply: Reply | None, shown: Shown) -> Told:
    """The text, and the author's own where answers are shown."""
    given = (Line(words=reply.text),) if isinstance(reply, Typed) else ()
    model = (Line(html=sheet.feedback["model_answer"]),) if shown.answers and shown.models else ()
    return Told(given, model)
