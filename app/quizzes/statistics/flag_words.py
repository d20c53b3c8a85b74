"""Flags in words: what to do, and why, with the figures and how many attempts they stand on."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.quizzes.sheets import LETTERS
from app.quizzes.statistics.figure_words import in_percent as percent
from app.quizzes.statistics.figure_words import of_one
from app.quizzes.statistics.flags import Flag, Kind

MOODS = {Kind.TOO_EASY: "quiet", Kind.WEIGHT: "quiet", Kind.UNPICKED: "warn", Kind.TELLS_NOBODY_APART: "warn"}


@dataclass(frozen=True)
class FlagWords:
    """A flag as shown: an icon and a sentence in a mood (bad, warn or quiet), the reason in another sentence."""

    mood: str
    icon: str
    what: str
    why: str


def told(flag: Flag) -> FlagWords:
    """The words of a flag."""
    mood = MOODS.get(flag.kind, "bad") if flag.is_firm else "quiet"
    why = f"{_why(flag)} {_standing_on(flag)}"
    return FlagWords(mood, "alert-triangle" if mood == "bad" else "flag", str(_what(flag)), why)


def named(options: Sequence[int | bool]) -> str:
    """Options by their letters, or as true and false: “B”, “B or C”."""
    names = [_letter(option) for option in options]
    if len(names) == 1:
        return names[0]
    return str(_("%(first)s or %(last)s", first=", ".join(names[:-1]), last=names[-1]))


def _letter(option: int | bool) -> str:
    if isinstance(option, bool):
        return str(_("True") if option else _("False"))
    return LETTERS[option]


def _what(flag: Flag) -> Any:
    match flag.kind:
        case Kind.GOOD_ONES_WRONG:
            return _("The good ones get this wrong: check the key")
        case Kind.WRONG_PREFERRED:
            return _("The good ones prefer %(option)s, which is wrong: check the key", option=named(flag.options))
        case Kind.NOBODY_RIGHT:
            return _("Nobody picks %(option)s, which is right: check the key", option=named(flag.options))
        case Kind.GUESSED:
            return _("No better than guessing: reread the question, or what teaches it")
        case Kind.TOO_HARD:
            return _("Hardly anybody gets this right: reread the question, or what teaches it")
        case Kind.TELLS_NOBODY_APART:
            return _("It hardly tells who knows from who does not: make it clearer")
        case Kind.UNPICKED:
            options = named(flag.options)
            if any(isinstance(option, bool) for option in flag.options):  # true or false: neither can be replaced
                return _("Nobody answers “%(option)s”: word the question so that it tempts", option=options)
            return ngettext(
                "Nobody picks %(option)s: replace it",
                "Nobody picks %(option)s: replace them",
                len(flag.options),
                option=options,
            )
        case Kind.WEIGHT:
            return _weighs(flag)
        case Kind.TOO_EASY if flag.value >= 1:
            return _("Everybody gets this right: ask for more, or keep it to encourage")
        case Kind.TOO_EASY:
            return _("Nearly everybody gets this right: ask for more, or keep it to encourage")
        case Kind.UNRELIABLE:
            return _("Passing or failing is partly a matter of luck: ask more questions, mend those that are flagged")


def _weighs(flag: Flag) -> Any:
    if flag.value > flag.other:
        return _("It weighs more in the results than its points say")
    return _("It weighs less in the results than its points say")


def _why(flag: Flag) -> Any:
    match flag.kind:
        case Kind.GOOD_ONES_WRONG | Kind.TELLS_NOBODY_APART:
            return _("Discrimination index %(index)s.", index=percent(flag.value))
        case Kind.WRONG_PREFERRED:
            return _(
                "In the upper third, %(wrong)s chose it and %(right)s the right answer.",
                wrong=round(flag.value),
                right=round(flag.other),
            )
        case Kind.GUESSED:
            return _(
                "%(facility)s of the points are earned, and chance alone would earn %(guess)s.",
                facility=of_one(flag.value),
                guess=of_one(flag.other),
            )
        case Kind.TOO_HARD | Kind.TOO_EASY:
            return _("%(facility)s of the points are earned.", facility=of_one(flag.value))
        case Kind.WEIGHT:
            return _(
                "%(effective)s of the spread of results instead of %(intended)s.",
                effective=percent(flag.value),
                intended=percent(flag.other),
            )
        case Kind.UNRELIABLE:
            return _(
                "Internal consistency %(alpha)s, where %(least)s is the least that will do.",
                alpha=_below(flag.value, flag.other),
                least=percent(flag.other),
            )
        case Kind.NOBODY_RIGHT:
            return _("What is right and never chosen may not be right, or not be clear.")
        case Kind.UNPICKED:
            return _("What is wrong and never chosen makes the right answer easier to guess.")


def _below(value: float, least: float) -> str:
    """A figure in percent that is never rounded up to the one it stays below."""
    return percent(value) if round(value) < least else percent(math.floor(value * 10) / 10, 1)


def _standing_on(flag: Flag) -> Any:
    if flag.kind is Kind.WRONG_PREFERRED:
        return ngettext("%(num)s attempt in that third.", "%(num)s attempts in that third.", flag.attempts)
    stands = ngettext("%(num)s attempt.", "%(num)s attempts.", flag.attempts)
    return stands if flag.is_firm else f"{stands} {_('With so few, it may be chance.')}"
