"""What the figures and dates of this room say in words."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.core import dates, languages
from app.core.web import percent
from app.training.due_dates import Due, When
from app.training.mastery import StepMastery
from app.training.next_things import Reason, Thing
from app.training.programme import Target

_NUMBERS = (
    *(_l("No"), _l("One"), _l("Two"), _l("Three"), _l("Four"), _l("Five")),
    *(_l("Six"), _l("Seven"), _l("Eight"), _l("Nine"), _l("Ten")),
)


@dataclass(frozen=True)
class Tag:
    """A state: a mood of the theme, an icon and words."""

    mood: str
    icon: str
    words: str


def count_in_words(number: int) -> str:
    """“Three” up to ten, at the head of a sentence; digits beyond."""
    return str(_NUMBERS[number]) if number < len(_NUMBERS) else str(number)


def minutes(number: int) -> str:
    """“22 minutes”."""
    return str(ngettext("%(num)d minute", "%(num)d minutes", number))


def due_tag(due: Due) -> Tag:
    """How near a due date is."""
    if due.when is When.LATE:
        words = ngettext("%(num)d day late", "%(num)d days late", due.days) if due.days else _("Late since today")
        return Tag("bad", "clock", str(words))
    if due.when is When.TODAY:
        return Tag("warn", "calendar-due", str(_("Due today")))
    if due.when is When.TOMORROW:
        return Tag("warn", "calendar-due", str(_("Due tomorrow")))
    return Tag("quiet", "calendar", due_by(due))


def due_by(due: Due) -> str:
    """“Due on Friday”, or “Due on 12 December”."""
    if due.when is When.THIS_WEEK:
        return str(_("Due on %(weekday)s", weekday=dates.in_words(due.day, "EEEE", languages.readers())))
    return str(_("Due on %(day)s", day=dates.in_words(due.day, "d MMMM", languages.readers())))


def kind_of(target: Target) -> str:
    """What sort of thing it is."""
    if target.whole_step:
        return str(_("Whole step"))
    return str(_("Quiz")) if target.is_quiz else str(_("Play"))


def named(target: Target) -> str:
    """Its title, after the kind when the title alone would be taken for a play's."""
    if target.whole_step:
        return str(_("Whole step: %(title)s", title=target.title))
    return str(_("Quiz: %(title)s", title=target.title)) if target.is_quiz else target.title


def heading(thing: Thing) -> str:
    """What a line is about: what was asked for, a step that was begun, or what comes next in a step."""
    if thing.reason is Reason.BEGUN:
        return thing.target.title
    if thing.reason is Reason.NEXT:
        return str(_("Quiz: %(title)s", title=thing.item.title)) if thing.item.is_quiz else thing.item.title
    return named(thing.target)


def tag_of(thing: Thing) -> Tag | None:
    """Why it is on the list."""
    if thing.due:
        return due_tag(thing.due)
    if thing.reason is Reason.CHANGED:
        return Tag("warn", "refresh", str(_("Text changed")))
    return Tag("quiet", "player-play", str(_("Begun"))) if thing.reason in (Reason.OPEN, Reason.BEGUN) else None


def why(thing: Thing) -> str:
    """The facts beside the tag, joined by middle dots."""
    if thing.reason is Reason.NEXT:
        return " · ".join((thing.target.title, str(_("%(minutes)s min", minutes=thing.item.minutes))))
    facts = [*_changed(thing), *_size(thing)]
    if thing.note:
        facts.append(_("“%(note)s” (%(name)s)", note=thing.note, name=thing.assigned_by))
    return " · ".join(str(fact) for fact in facts)


def action_of(thing: Thing) -> str:
    """The one action."""
    if thing.attempt:
        return str(_("Resume"))
    if thing.changed_since:
        return str(_("See what changed"))
    if thing.item.is_quiz:
        return str(_("Take the quiz")) if thing.target.whole_step else str(_("Start"))
    return str(_("Continue")) if thing.completion.done and thing.reason is not Reason.NEXT else str(_("Read the play"))


def mastery(step: StepMastery) -> str:
    """The sentence that explains a step's figure."""
    if step.percent is None:
        return str(_("Nothing to learn here yet."))
    weighed = bool(step.plays and step.quizzes)
    parts = []
    if step.plays:
        read = str(_("plays read: %(read)s of %(total)s", read=step.plays_read, total=step.plays))
        parts.append(_weighed(read, 100 - step.quiz_weight) if weighed else read)
    if step.quizzes:
        parts.append(_weighed(_quizzes(step), step.quiz_weight) if weighed else _quizzes(step))
    sentence = ("\u00a0; " if languages.readers() == "fr" else "; ").join(parts) + "."
    return sentence[0].upper() + sentence[1:]


def left_to_do(plays: int, quizzes: int) -> str:
    """“2 plays to read and the quiz to pass”."""
    parts = []
    if plays:
        parts.append(ngettext("%(num)d play to read", "%(num)d plays to read", plays))
    if quizzes:
        parts.append(ngettext("the quiz to pass", "%(num)d quizzes to pass", quizzes))
    return str(_("%(first)s and %(second)s", first=parts[0], second=parts[1])) if len(parts) == 2 else "".join(parts)


def _changed(thing: Thing) -> list[str]:
    if not thing.changed_since:
        return []
    day = dates.in_words(thing.changed_since.astimezone(languages.time_zone()), "d MMMM", languages.readers())
    return [_("the text has changed since you read it on %(day)s", day=day)]


def _size(thing: Thing) -> list[str]:
    sizes = []
    if thing.attempt:
        answered, total = thing.attempt.answered, thing.attempt.questions
        sizes.append(_("answers given: %(done)s of %(total)s", done=answered, total=total))
    elif thing.target.whole_step:
        sizes.append(_("done: %(done)s of %(total)s", done=thing.completion.done, total=thing.completion.total))
        sizes.append(_("next: %(title)s", title=thing.item.title))
    elif thing.item.is_quiz:
        sizes.append(ngettext("%(num)d question", "%(num)d questions", thing.item.questions))
    sizes.append(_("%(minutes)s min", minutes=thing.minutes))
    if thing.target.is_quiz and not thing.attempt:
        sizes.append(_("pass mark %(percent)s", percent=percent(thing.item.pass_mark)))
    return sizes


def _weighed(words: str, weight: int) -> str:
    return str(_("%(words)s (%(weight)s of the figure)", words=words, weight=percent(weight)))


def _quizzes(step: StepMastery) -> str:
    if not any(each is not None for each in step.quiz_percents):
        return str(ngettext("quiz not taken yet", "%(num)d quizzes not taken yet", step.quizzes))
    words = ngettext(
        "best quiz result %(percent)s",
        "mean of the best results of %(num)d quizzes %(percent)s",
        step.quizzes,
        percent=percent(step.quiz_percent),
    )
    return str(words)
