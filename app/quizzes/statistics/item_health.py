"""What the marks ask of the library's authors: the questions that statistics flag, on the page of its health."""

from collections.abc import Callable, Iterable, Sequence

from flask_babel import gettext as _

from app.core import languages
from app.library import catalogue, memory
from app.library.catalogue import Entry
from app.library.health.findings import Finding, Group
from app.playbook.typography import typeset
from app.quizzes.statistics import quiz_page, recorded_marks, sittings
from app.quizzes.statistics.flag_words import told
from app.quizzes.statistics.flags import Flag, Kind
from app.quizzes.statistics.forms_asked import Forms
from app.quizzes.statistics.item_report import ItemReport, report_of
from app.quizzes.statistics.item_statistics import FEWEST_ATTEMPTS
from app.quizzes.statistics.sittings import AnswerRow, Sitting
from app.quizzes.statistics.where_written import editing_address

MOST_ATTEMPTS = 500  # of each quiz, the latest ones: enough to judge a question, and the cost is bounded
NOT_URGENT = frozenset({Kind.TOO_EASY, Kind.WEIGHT, Kind.UNRELIABLE})

Found = list[tuple[Entry, ItemReport]]


def flagged_questions() -> list[Group]:
    """The questions of published quizzes with a flag that chance alone would hardly raise. Three statements, whatever
    the number of quizzes, and one for each revision that is not in memory; one in all while no result was added since
    they were last looked at."""
    quizzes = catalogue.entries("quiz")
    fingerprint = sittings.fingerprint_of_all()
    enough = [quiz for quiz in quizzes if fingerprint.get(quiz.id, (0,))[0] >= FEWEST_ATTEMPTS]
    if not enough:
        return []
    key = ("flagged questions", tuple(sorted((quiz.id, fingerprint[quiz.id]) for quiz in enough)))
    findings: tuple[Finding, ...] = memory.kept(key, lambda: tuple(_findings(_look(enough))))
    group = Group(
        name="statistics",
        icon="school",
        title=_("Quiz questions that do not do their work"),
        short=_("doubtful questions"),
        why=_("Their marks say so: the good ones get them wrong, chance would do as well, or an answer fools nobody."),
        findings=findings,
        order=35,
    )
    return [group]


def _look(quizzes: Sequence[Entry]) -> Found:
    """The reports on some quizzes, from one pass through their attempts."""
    every, chosen = sittings.latest([quiz.id for quiz in quizzes], MOST_ATTEMPTS)
    at: dict[str, list[Sitting]] = {}
    for sitting in every:
        at.setdefault(sitting.quiz_id, []).append(sitting)
    quiz_of = {sitting.id: sitting.quiz_id for sitting in every}
    forms = {quiz.id: Forms(quiz.revision_id) for quiz in quizzes}
    answers: dict[str, list[AnswerRow]] = {}
    for row in sittings.answers_in(chosen, _choices(forms.values())):
        answers.setdefault(quiz_of[row[0]], []).append(row)
    found = []
    for quiz in quizzes:
        recorded = recorded_marks.assemble(forms[quiz.id], at.get(quiz.id, []), _these(answers.get(quiz.id, [])))
        found.append((quiz, report_of(recorded)))
    return found


def _these(answers: list[AnswerRow]) -> Callable[[Iterable[str]], list[AnswerRow]]:
    return lambda _choices: answers


def _choices(every: Iterable[Forms]) -> set[str]:
    """The keys of all the choices that may have been asked."""
    own = {key for forms in every for key, question in forms.own.items() if question.type in _CHOICES}
    banks = {
        key
        for forms in every
        for bank in forms.banks.values()
        for key, question in bank.items()
        if question.type in _CHOICES
    }
    return own | banks


_CHOICES = ("single", "multiple", "true_false")


def _findings(found: Found) -> Iterable[Finding]:
    flagged = [(quiz, report, flag) for quiz, report in found for flag in _urgent(report)]
    serious = list(Kind)
    for quiz, report, flag in sorted(flagged, key=lambda each: serious.index(each[2].kind)):
        words, key = told(flag), flag.key or ""
        why = _("%(what)s. %(why)s", what=words.what, why=words.why)
        title = typeset(report.recorded.questions[key].title, quiz.language)
        name = typeset(quiz.title, quiz.language)
        yield Finding(
            what=f"{title} · {name}",
            why=why,
            action=_("Mend"),
            address=editing_address(quiz, key),
            language=quiz.language if quiz.language != languages.readers() else None,
            beside=(_("Who replied what"), quiz_page.address(quiz.id, quiz_page.Chosen(), key)),
        )


def _urgent(report: ItemReport) -> Iterable[Flag]:
    """The most serious flag of each question, when it is firm."""
    for flags in report.flagged.values():
        flag = next((flag for flag in flags if flag.is_firm and flag.kind not in NOT_URGENT), None)
        if flag is not None:
            yield flag
