"""Writing GIFT that Moodle reads."""

import re
from collections.abc import Iterable
from dataclasses import replace

from app.quizzes.formats import weights
from app.quizzes.formats.losses import as_percentages, keep, reduced, tidy
from app.quizzes.formats.model import ANYTHING, FULL, NONE, Option, Question, Type, Written
from app.quizzes.formats.numbers_of import answers_of, with_absolute_tolerance, with_best_number

NAME = "GIFT"
_TYPES = {
    Type.SINGLE,
    Type.MULTIPLE,
    Type.TRUE_FALSE,
    Type.NUMERIC,
    Type.SHORT_ANSWER,
    Type.MATCHING,
    Type.FREE_TEXT,
}
_RESERVED = re.compile(r"[\\#=~{}:]")
_NO_TAG = re.compile(r"[<>\\\n]")


def write(questions: Iterable[Question]) -> Written:
    """A GIFT file, and what it could not carry."""
    kept = keep(questions, kept_of, NAME)
    out, category = [], ""
    for question in kept.questions:
        if question.category != category:
            category = question.category
            out.append(f"$CATEGORY: {category.replace(chr(92), chr(92) * 2)}\n")
        out.append(_question(question))
    return Written("\n".join(out).encode(), kept.losses, kept.left_out)


def kept_of(question: Question) -> Question | str:
    """What GIFT keeps of a question, or why it keeps nothing."""
    if question.type not in _TYPES:
        return f"a question of the type {question.type.value}"
    known = tidy(question)
    if question.type is Type.SHORT_ANSWER and any("->" in each.text + each.feedback for each in known.options):
        return "a short answer with “->”, which it takes for a pair"
    if question.type is Type.MATCHING and any("->" in each.prompt for each in known.pairs):
        return "a prompt with “->”"
    options = as_percentages(known.options)
    if question.type is Type.TRUE_FALSE:
        options = tuple(sorted(options, key=lambda each: each.text != "true"))
    pairs = tuple(replace(each, feedback="") for each in known.pairs)
    tags = tuple(each for each in known.tags if not _NO_TAG.search(each))
    known = replace(known, options=options, pairs=pairs, tags=tags, points=FULL)
    if question.type is Type.NUMERIC:
        known = with_absolute_tolerance(known)
        known = with_best_number(replace(known, options=answers_of(known)))
    return reduced(known)


def _question(question: Question) -> str:
    marks = "".join(f" [tag:{tag.replace(']', chr(92) + ']')}]" for tag in question.tags)
    title = f"::{_escaped(question.title)}::" if question.title else ""
    form = "plain" if question.is_plain else "markdown"
    text = f"[{form}]{_escaped(question.text)}"
    return f"// [id:{question.key}]{marks}\n{title}{text}{{{_answers(question, form)}}}\n"


def _answers(question: Question, form: str) -> str:
    general = f"####{_text(question.feedback, form)}" if question.feedback else ""
    match question.type:
        case Type.FREE_TEXT:
            return general
        case Type.TRUE_FALSE:
            return _true_false(question, form) + general
        case Type.MATCHING:
            rows = [f"={_text(each.prompt, form)} -> {_escaped(each.match)}" for each in question.pairs]
        case Type.NUMERIC:
            rows = _numeric(question, form)
        case Type.SHORT_ANSWER:
            rows = [f"=%{weights.percent_of(each.fraction)}%" + _typed(each, form) for each in question.options]
        case _:
            rows = [_choice(each, question.type, form) for each in question.options]
    lead = "#" if question.type is Type.NUMERIC else ""
    return lead + "\n" + "".join(f"\t{row}\n" for row in (*rows, *filter(None, [general])))


def _true_false(question: Question, form: str) -> str:
    right, wrong = sorted(question.options, key=lambda each: each.fraction, reverse=True)
    said = f"#{_text(wrong.feedback, form)}" if wrong.feedback or right.feedback else ""
    said += f"#{_text(right.feedback, form)}" if right.feedback else ""
    return right.text.upper() + said


def _numeric(question: Question, form: str) -> list[str]:
    answers = answers_of(question)
    others = [each for each in answers if each.text == ANYTHING]
    rows = []
    for place, each in enumerate(answers):
        if others == [each] and place == len(answers) - 1 and each.fraction == NONE:
            rows.append("~" + _feedback(each, form))
        else:
            rows.append(f"=%{weights.percent_of(each.fraction)}%{each.text}" + _feedback(each, form))
    return rows


def _choice(option: Option, kind: Type, form: str) -> str:
    begins_like_weight = option.text.startswith("%")
    if kind is Type.SINGLE and option.fraction == FULL:
        sign = "=%100%" if begins_like_weight else "="
    elif option.fraction == NONE and not begins_like_weight:
        sign = "~"
    else:
        sign = f"~%{weights.percent_of(option.fraction)}%"
    return sign + _text(option.text, form) + _feedback(option, form)


def _typed(option: Option, form: str) -> str:
    return _escaped(option.text) + _feedback(option, form)


def _feedback(option: Option, form: str) -> str:
    return f"#{_text(option.feedback, form)}" if option.feedback else ""


def _text(text: str, form: str) -> str:
    """A text in the form of its question; one that begins with a bracket says so, or that might be read as its form."""
    return f"[{form}]{_escaped(text)}" if text.startswith("[") else _escaped(text)


def _escaped(text: str) -> str:
    return _RESERVED.sub(lambda found: "\\" + found[0], text).replace("\n", "\\n")
