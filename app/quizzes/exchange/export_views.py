"""Taking questions out: a quiz or a bank in another format, with what it does not keep said before."""

from flask import Response, abort, render_template

from app.accounts.authorisation import Action
from app.accounts.guard import requires
from app.core import languages
from app.quizzes.exchange.forms import FORMATS

SHOWN = 200
_MEDIA = {"qti": "application/zip", "moodle-xml": "application/xml", "csv": "text/csv"}


@requires(Action.WRITE_LIBRARY)
def choose(quiz_id: str) -> str:
    """The formats, and what each holds."""
    return _page(quiz_id, "")


@requires(Action.WRITE_LIBRARY)
def look(quiz_id: str, format_name: str) -> str:
    """What one format would lose."""
    return _page(quiz_id, format_name)


@requires(Action.WRITE_LIBRARY)
def download(quiz_id: str, format_name: str) -> Response:
    """The file."""
    from app.quizzes.formats import exporting, registry

    _require(format_name)
    entry = exporting.published(quiz_id, languages.readers())
    written = exporting.write(entry, format_name)
    answer = Response(written.content, mimetype=_MEDIA.get(format_name, "text/plain"))
    name = f"{entry.id}-{entry.language}{registry.FORMATS[format_name].suffix}"
    answer.headers["Content-Disposition"] = f"attachment; filename={name}"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _require(format_name: str) -> None:
    if format_name not in FORMATS:
        abort(404)


def _of_all(losses: dict[str, list[str]], questions: int) -> list[str]:
    """What is lost of every question alike, when there are several."""
    if questions < 2 or len(losses) < questions:
        return []
    first = next(iter(losses.values()))
    return [each for each in first if all(each in told for told in losses.values())]


def _page(quiz_id: str, format_name: str) -> str:
    from app.quizzes.formats import exporting
    from app.quizzes.formats import problem_words as format_words

    if format_name:
        _require(format_name)
    entry = exporting.published(quiz_id, languages.readers())
    questions = exporting.questions_of(entry)
    losses: dict[str, list[str]] = {}
    written = exporting.write(entry, format_name) if format_name else None
    for loss in written.losses if written else ():
        losses.setdefault(loss.question, []).append(loss.what)
    common = _of_all(
        {key: told for key, told in losses.items() if not told[0].endswith(": left out")},
        len(questions) - (written.left_out if written else 0),
    )
    losses = {key: rest for key, told in losses.items() if (rest := [each for each in told if each not in common])}
    return render_template(
        "quizzes/exchange/export.html",
        entry=entry,
        questions=questions,
        chosen=format_name,
        formats=FORMATS,
        written=written,
        losses=losses,
        common=common,
        most=SHOWN,
        said=format_words.said,
    )
