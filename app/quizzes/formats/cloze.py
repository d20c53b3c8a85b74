"""Texts with gaps as Moodle writes them: embedded answers (`{1:SA:=Paris}`), and numbered choices (`[[1]]`)."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from app.quizzes.formats import weights
from app.quizzes.formats.collecting import MOST_ROWS, TOO_MANY_ROWS
from app.quizzes.formats.markup import Text
from app.quizzes.formats.model import FULL, NONE

_GAP = re.compile(r"\{(?P<points>\d{0,6}):(?P<kind>[A-Z_]{2,20}):(?P<answers>(?:[^{}\\]|\\.)*+)\}", re.DOTALL)
_BEGUN = re.compile(r"\{\d{0,6}:[A-Z_]{2,20}:")
_NUMBERED = re.compile(r"\[\[(\d{1,4})\]\]")
_TYPED = {"SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC", "NUMERICAL", "NM"}
_CHOSEN = {
    f"{name}{way}{shuffled}"
    for name, ways in (("MULTICHOICE", ("", "_V", "_H")), ("MC", ("", "V", "H")))
    for way in ways
    for shuffled in ("", "S")
} | {"MULTICHOICE_S", "MULTICHOICE_VS", "MULTICHOICE_HS"}
_SPLIT = re.compile(r"(?<!\\)~")
_WEIGHT = re.compile(r"\s*(?:%(-?[0-9.]{1,12})%|(=))?(.*)", re.DOTALL)
_FEEDBACK = re.compile(r"(?<!\\)#")
_TAGS = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
_UNESCAPE = re.compile(r"\\([}#~/\"\\])")


@dataclass
class Gaps:
    """A text with `[[1]]`…, the right words of each gap, the wrong ones on offer, what is said to who got a gap wrong;
    or what is wrong with it."""

    text: Text
    right: list[tuple[int, str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    chosen: bool = False
    case_counts: bool = False
    told: dict[int, str] = field(default_factory=dict)
    trouble: str = ""


def renumbered(text: Text, choices: list[str]) -> Gaps:
    """A text whose marks say which choice belongs there, with its gaps numbered in their order."""
    gaps = Gaps(text, chosen=True)
    used: set[int] = set()

    def gap(found: re.Match[str]) -> str:
        choice = int(found[1])
        if not 1 <= choice <= len(choices):
            gaps.trouble = f"the gap [[{choice}]], but there are {len(choices)} choices"
            return found[0]
        used.add(choice)
        gaps.right.append((len(gaps.right) + 1, choices[choice - 1]))
        return f"[[{len(gaps.right)}]]"

    gaps.text = replace(text, words=_NUMBERED.sub(gap, text.words))
    gaps.wrong = [each for place, each in enumerate(choices, start=1) if place not in used]
    return gaps


def read(text: Text, note: Callable[[str], None]) -> Gaps:
    """A text with embedded answers."""
    gaps = Gaps(text)
    kinds: list[bool] = []
    points: set[str] = set()
    cased: list[bool] = []

    def gap(found: re.Match[str]) -> str:
        kind = found["kind"]
        if kind not in _TYPED | _CHOSEN:
            gaps.trouble = f"the embedded answer {kind}, which cannot be kept"
            return found[0]
        number = len(kinds) + 1
        kinds.append(kind in _CHOSEN)
        points.add(found["points"] or "1")
        cased.append(kind.endswith("C") and kind not in _CHOSEN)
        answers = found["answers"]
        if text.form in ("html", "auto"):
            answers = html.unescape(_TAGS.sub("", answers))
        _answers(answers, number, kind, gaps, note)
        return f"[[{number}]]"

    gaps.text = replace(text, words=_GAP.sub(gap, text.words))
    if not gaps.trouble and _BEGUN.search(gaps.text.words):
        gaps.trouble = "an embedded answer that cannot be read"
    gaps.case_counts = bool(cased) and all(cased)
    if any(cased) and not all(cased):
        note("that capitals count in some of its gaps is left out")
    if len(points) > 1:
        note("its gaps are worth different points, and become equal")
    if any(kinds) and not all(kinds):
        note("the choices of its gaps are left out: the words are typed")
        gaps.wrong = []
    elif any(kinds) and len(kinds) > 1:
        note("each of its gaps has choices of its own, and they become one list")
    gaps.chosen = bool(kinds) and all(kinds)
    gaps.wrong = list(dict.fromkeys(gaps.wrong))
    return gaps


def _answers(text: str, number: int, kind: str, gaps: Gaps, note: Callable[[str], None]) -> None:
    if text.count("~") > MOST_ROWS:
        gaps.trouble = TOO_MANY_ROWS
        return
    found_right = False
    for piece in _SPLIT.split(text):
        found = _WEIGHT.fullmatch(piece)
        if found is None or not piece.strip():
            continue
        words, *feedback = _FEEDBACK.split(found[3], maxsplit=1)
        said = _UNESCAPE.sub(r"\1", feedback[0]).strip() if feedback else ""
        share = FULL if found[2] else weights.fraction_of(found[1]) if found[1] else NONE
        answer = _UNESCAPE.sub(r"\1", words).strip()
        if kind in ("NUMERICAL", "NM"):
            answer, _, tolerance = answer.partition(":")
            if weights.number(tolerance or "0"):
                note("the tolerance of a gap is left out")
        if share == FULL:
            gaps.right.append((number, answer))
            if said and not found_right:
                gaps.told[number] = said
            found_right = True
        elif kind in _CHOSEN and share == NONE:
            gaps.wrong.append(answer)
        elif answer != "*" and share != NONE:
            note("answers of a gap that earn only a part are left out")
        if said and (share != FULL or gaps.told.get(number) != said):
            note("the feedback of the wrong words of its gaps is left out")
    if not found_right:
        gaps.trouble = f"the gap {number} without a right answer"
