"""The rules of assessment by themselves: what grading costs."""

import json
import random
import time
from collections.abc import Callable
from typing import Any

from pydantic import TypeAdapter

from app.quizzes import grading, replies
from app.quizzes.questions import Question
from bench import crowd, item_analysis, review_simulation
from bench.figures import Figure, at_most, middle

ROUNDS = 3
ANSWERS, GRADING_SECONDS = 100_000, 2

_SHARED = {"title": "T", "text": "Que dites-vous ?", "read_again": "step:s"}
_TOLD = {"if_right": "Oui.", "if_wrong": "Non."}
_WORDS = ("creuser", "reformuler", "argumenter", "contrôler", "conclure", "relancer", "qualifier", "écouter")


def measure() -> list[Figure]:
    """Every figure of this group."""
    return [figure() for figure in FIGURES]


def grading_100k() -> Figure:
    """What one core spends on grading 100,000 kept answers to ten questions of every type that is graded, right and
    wrong as people's are, read from their JSON. There is nothing to wait for in it, so its own time is what counts."""
    questions = _questions()
    chance = random.Random(1)
    attempts = ANSWERS // len(questions)
    kept = [[(question.key, json.dumps(_answer(question, chance))) for question in questions] for _ in range(attempts)]
    seconds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for attempt in kept:
            given = {key: replies.from_json(json.loads(reply)) for key, reply in attempt}
            grading.grade_all(questions, given, 80, hint_cost=25, hints={questions[0].key: 1})
        seconds.append(time.process_time() - start)
    return at_most("grading_100k", middle(seconds), "s", GRADING_SECONDS)


FIGURES: list[Callable[[], Figure]] = [
    grading_100k,
    crowd.crowd_500,
    item_analysis.item_statistics,
    review_simulation.review_remembered,
    item_analysis.item_statistics_10k,
    item_analysis.item_report_10k,
]


def _questions() -> list[Question]:
    """One of each type that is graded: nine, and a second multiple choice with a credit for each option."""
    options = [{"text": word, "right": place < 2, "feedback": "F."} for place, word in enumerate(_WORDS[:5])]
    credits_ = ["1/3", "2/3", "-1/2", "-1/4", "0"]
    written: list[dict[str, Any]] = [
        {"type": "single", "options": [{**each, "right": not place} for place, each in enumerate(options)]},
        {"type": "multiple", "options": options},
        {"type": "multiple", "options": [{**each, "credit": of} for each, of in zip(options, credits_, strict=True)]},
        {"type": "true_false", "answer": True, "if_true": "Oui.", "if_false": "Non."},
        _TOLD
        | {"type": "numeric", "value": "1026.00", "tolerance": "0.50", "unit": "€"}
        | {
            "other_units": [{"unit": "k€", "factor": "1000"}],
            "also": [{"value": "855.00", "credit": "1/2", "feedback": "Hors taxes."}],
        },
        _TOLD | {"type": "short_answer", "accepted": ["reformuler", "je reformule*"], "near_miss_credit": "1/2"},
        _TOLD | {"type": "gaps", "text": "[[1]] [[2]] [[3]]", "gaps": [{"accepted": [word]} for word in _WORDS[:3]]},
        _TOLD | {"type": "matching", "pairs": [{"prompt": word, "match": f"{word} !"} for word in _WORDS[:5]]},
        _TOLD | {"type": "ordering", "items": list(_WORDS[:6])},
        _TOLD
        | {
            "type": "categories",
            "categories": [{"name": f"C{row}", "items": list(_WORDS[row::3])} for row in range(3)],
        },
    ]
    one: TypeAdapter[Question] = TypeAdapter(Question)
    return [one.validate_python({"key": f"q{number}", **_SHARED, **each}) for number, each in enumerate(written)]


def _answer(question: Any, chance: random.Random) -> dict[str, Any]:
    """A reply as it is kept, right or wrong by chance."""
    match question.type:
        case "single" | "multiple":
            most = 1 if question.type == "single" else 3
            return {"options": chance.sample(range(len(question.options)), chance.randint(1, most))}
        case "true_false":
            return {"answer": chance.random() < 0.5}
        case "numeric":
            number = chance.choice((1026, 855, chance.randint(1, 9999)))
            return {
                "text": chance.choice((f"{number}", f"{number},{chance.randint(10, 99)} €", f"1 {number % 1000:03} €"))
            }
        case "short_answer":
            return {"text": _typed(chance)}
        case "gaps":
            return {"texts": {str(gap): _typed(chance) for gap in range(3)}}
        case "ordering":
            positions = chance.sample(range(len(question.items)), len(question.items))
            return {"places": {str(item): position for item, position in enumerate(positions)}}
        case _:
            things, most = len(question.right_places), max(question.right_places)
            return {"places": {str(thing): chance.randint(0, most) for thing in range(things)}}


def _typed(chance: random.Random) -> str:
    """Words as they are typed: in capitals, with an accent, a typing error, more words around."""
    word = chance.choice(_WORDS)
    at = chance.randrange(len(word) - 1)
    wrong = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return chance.choice((word, word.capitalize(), f"Je {word} !", wrong, f"{word} {chance.randint(1, 10**6)}"))
