"""Questions of every type, for tests: one at a time with what matters in it, or any at all."""

import string
from collections.abc import Callable
from copy import deepcopy
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from pydantic import TypeAdapter

from app.quizzes import calculated
from app.quizzes.calculation import WrongFormula
from app.quizzes.questions import (
    TYPES,
    CalculatedQuestion,
    CategoriesQuestion,
    FreeTextQuestion,
    GapsQuestion,
    MatchingQuestion,
    MultipleQuestion,
    NumericQuestion,
    OrderingQuestion,
    Question,
    ShortAnswerQuestion,
    SingleQuestion,
    TrueFalseQuestion,
)
from app.quizzes.replies import Chosen, Filled, Judged, Placed, Reply, Typed

QUESTION: TypeAdapter[Question] = TypeAdapter(Question)
GRADED = tuple(kind for kind in TYPES if kind not in ("calculated", "free_text"))

_TOLD = {"if_right": "Oui.", "if_wrong": "Non."}


def _option(text: str, *, right: bool = False) -> dict[str, Any]:
    return {"text": text, "right": right, "feedback": f"Sur {text}."}


_SIMPLE: dict[str, dict[str, Any]] = {
    "single": {"options": [_option("La marge", right=True), _option("Le prix"), _option("La remise")]},
    "multiple": {
        "options": [
            _option("Budget", right=True),
            _option("Autorité", right=True),
            _option("Météo"),
            _option("Couleur"),
        ]
    },
    "true_false": {"answer": True, "if_true": "Oui.", "if_false": "Non."},
    "numeric": {**_TOLD, "value": "1026.00", "tolerance": "0.01", "unit": "€"},
    "calculated": {
        **_TOLD,
        "text": "Un article coûte {ht} € HT, la TVA est de {taux} %. Combien TTC ?",
        "variables": [
            {"name": "ht", "low": "10.00", "high": "99.00", "decimals": 2},
            {"name": "taux", "low": "5", "high": "20"},
        ],
        "formula": "ht * (1 + taux / 100)",
        "decimals": 2,
        "tolerance": "0.01",
        "unit": "€",
    },
    "short_answer": {**_TOLD, "accepted": ["reformuler", "je reformule*"]},
    "gaps": {
        **_TOLD,
        "text": "On [[1]] d’abord, puis on [[2]].",
        "gaps": [{"accepted": ["creuse"]}, {"accepted": ["reformule", "argumente"]}],
    },
    "matching": {
        **_TOLD,
        "pairs": [
            {"prompt": "Sécurité", "match": "garantie"},
            {"prompt": "Argent", "match": "économie"},
            {"prompt": "Confort", "match": "simplicité"},
        ],
        "wrong": ["vitesse"],
    },
    "ordering": {**_TOLD, "items": ["Creuser", "Reformuler", "Argumenter", "Contrôler"]},
    "categories": {
        **_TOLD,
        "categories": [
            {"name": "Signal d’achat", "items": ["Quel délai ?", "Qui installe ?"]},
            {"name": "Politesse", "items": ["Merci."]},
        ],
    },
    "free_text": {
        "rubric": [{"name": "Reformule le besoin", "points": 2}, {"name": "Conclut", "points": 1}],
        "model_answer": "Si je comprends bien…",
    },
}


def written_question(kind: str, **changes: Any) -> dict[str, Any]:
    """A simple question of a type, as a file holds it."""
    shared = {"key": f"question-{kind}".replace("_", "-"), "type": kind, "title": "Titre", "text": "Que dites-vous ?"}
    # Of its own, throughout: what two questions shared would be an anchor in a file.
    return deepcopy({**shared, "read_again": "play:ecouter#know", **_SIMPLE[kind], **changes})


def question_of(kind: str, **changes: Any) -> Any:
    """A simple question of a type; `changes` are fields as a file holds them."""
    return QUESTION.validate_python(written_question(kind, **changes))


def right_reply(question: Question) -> Reply | None:
    """A reply that earns all; None for a free text, and for a calculated question, which has none by itself."""
    match question:
        case SingleQuestion() | MultipleQuestion():
            return Chosen(question.right)
        case TrueFalseQuestion():
            return Judged(question.answer)
        case NumericQuestion():
            return Typed(f"{question.value:f}")
        case ShortAnswerQuestion():
            return Typed(_as_typed(question.accepted[0]))
        case GapsQuestion(choose=True):
            return Placed({gap: min(right) for gap, right in enumerate(question.right_words)})
        case GapsQuestion():
            return Filled({place: _as_typed(gap.accepted[0]) for place, gap in enumerate(question.gaps)})
        case MatchingQuestion() | CategoriesQuestion():
            return Placed(dict(enumerate(question.right_places)))
        case OrderingQuestion():
            return Placed({item: item for item in range(len(question.items))})
        case _:
            return None


def _as_typed(accepted: str) -> str:
    return accepted.replace(r"\*", "\0").replace("*", "").replace("\0", "*")


def values_of(reply: Reply) -> list[str]:
    """What a form sends for a reply."""
    match reply:
        case Chosen(options):
            return [str(place) for place in sorted(options)]
        case Judged(answer):
            return ["true" if answer else "false"]
        case Typed(text):
            return [text]
        case Placed(places):
            return [f"{thing}:{place}" for thing, place in places.items()]
        case Filled(texts):
            return [f"{gap}:{text}" for gap, text in texts.items()]


# Any question at all.

_LETTERS = string.ascii_letters + string.digits + "éÉèçœ’'-.,;: %*{}[]\\«»€\u202f"
texts = st.text(_LETTERS, min_size=1, max_size=40).filter(lambda text: any(map(str.isalnum, text)))
credits_ = st.sampled_from(["0", "1/2", "1/3", "0.25", "-1/4", "-0.5"])
amounts = st.decimals(-(10**6), 10**6, places=2)
tolerances = st.decimals(0, 100, places=2)


def _distinct(least: int, most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(texts, min_size=least, max_size=most, unique_by=lambda text: " ".join(text.split()))


@st.composite
def _shared(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    hints = draw(st.lists(texts, max_size=3))
    points = draw(st.integers(1, 5))
    tags = draw(st.lists(st.sampled_from(["prix", "crac", "offre"]), max_size=2, unique=True))
    text = draw(texts)
    return {"key": "k", "type": kind, "title": "T", "text": text, "read_again": "step:s"} | {
        "points": points,
        "hints": hints,
        "tags": tags,
    }


@st.composite
def _single(draw: st.DrawFn) -> dict[str, Any]:
    options = [_option(text) for text in draw(_distinct(2, 6))]
    options[draw(st.integers(0, len(options) - 1))]["right"] = True
    for option in options:
        if not option["right"]:
            option["credit"] = draw(st.none() | st.sampled_from(["0", "1/2", "1/3", "-1/3"]))
    return {"options": options}


@st.composite
def _multiple(draw: st.DrawFn) -> dict[str, Any]:
    options = [_option(text) for text in draw(_distinct(2, 6))]
    rights = draw(st.integers(1, len(options) - 1))
    with_credits = draw(st.booleans())
    for place, option in enumerate(options):
        option["right"] = place < rights
        if with_credits:
            option["credit"] = f"1/{rights}" if option["right"] else draw(st.sampled_from(["0", "-1/2", "-1"]))
    return {"options": draw(st.permutations(options))}


@st.composite
def _number(draw: st.DrawFn) -> dict[str, Any]:
    units = draw(st.sampled_from([[], [{"unit": "k€", "factor": "1000"}, {"unit": "centimes", "factor": "0.01"}]]))
    also = st.fixed_dictionaries({"value": amounts, "tolerance": tolerances, "credit": credits_, "feedback": texts})
    return _TOLD | {
        "value": draw(amounts),
        "tolerance": draw(tolerances),
        "relative_tolerance": draw(st.sampled_from([Decimal(0), Decimal(5)])),
        "unit": "€" if units else draw(st.sampled_from([None, "€", "%", "luminaires"])),
        "other_units": units,
        "also": draw(st.lists(also, max_size=3)),
    }


@st.composite
def _calculated(draw: st.DrawFn) -> dict[str, Any]:
    low = draw(st.integers(-50, 50))
    return _TOLD | {
        "variables": [
            {"name": "a", "low": low, "high": low + draw(st.integers(0, 50)), "decimals": draw(st.integers(0, 3))},
            {"name": "b", "low": 1, "high": 9},
        ],
        "formula": draw(st.sampled_from(["a / b", "max(a, b) ^ 2", "round(a * 1.2, 2) - {b}", "-a * (b + 1)"])),
        "decimals": draw(st.sampled_from([None, 0, 2])),
        "text": "Avec {a} et {b} ?",
        "tolerance": draw(tolerances),
    }


@st.composite
def _short(draw: st.DrawFn) -> dict[str, Any]:
    also = st.fixed_dictionaries({"text": texts, "credit": credits_, "feedback": texts})
    return _TOLD | {
        "accepted": draw(st.lists(texts, min_size=1, max_size=4)),
        "also": draw(st.lists(also, max_size=3)),
        "case_counts": draw(st.booleans()),
        "accents_count": draw(st.booleans()),
        "near_miss_credit": draw(st.sampled_from(["0", "1/2", "1"])),
    }


@st.composite
def _gaps(draw: st.DrawFn) -> dict[str, Any]:
    number = draw(st.integers(1, 5))
    return _TOLD | {
        "text": " ".join(f"mot [[{place + 1}]]" for place in range(number)),
        "gaps": [{"accepted": draw(st.lists(texts, min_size=1, max_size=3))} for _ in range(number)],
        "choose": draw(st.booleans()),
        "wrong": draw(st.lists(texts, max_size=3)),
        "case_counts": draw(st.booleans()),
    }


@st.composite
def _matching(draw: st.DrawFn) -> dict[str, Any]:
    prompts = draw(_distinct(2, 6))
    shared = draw(st.lists(texts, min_size=2, max_size=6))
    pairs = [{"prompt": prompt, "match": draw(st.sampled_from(shared))} for prompt in prompts]
    return _TOLD | {"pairs": pairs, "wrong": draw(st.lists(texts, max_size=3))}


@st.composite
def _categories(draw: st.DrawFn) -> dict[str, Any]:
    names = draw(_distinct(2, 4))
    return _TOLD | {"categories": [{"name": name, "items": draw(_distinct(1, 4))} for name in names]}


_ANY: dict[str, Callable[[], st.SearchStrategy[dict[str, Any]]]] = {
    "single": _single,
    "multiple": _multiple,
    "true_false": lambda: st.fixed_dictionaries({"answer": st.booleans(), "if_true": texts, "if_false": texts}),
    "numeric": _number,
    "calculated": _calculated,
    "short_answer": _short,
    "gaps": _gaps,
    "matching": _matching,
    "ordering": lambda: _distinct(2, 7).map(lambda items: _TOLD | {"items": items}),
    "categories": _categories,
    "free_text": lambda: st.just(_SIMPLE["free_text"]),
}


@st.composite
def any_question(draw: st.DrawFn, *kinds: str) -> Any:
    """Any question of these types, else of any type."""
    kind = draw(st.sampled_from(kinds or TYPES))
    shared = draw(_shared(kind))
    return QUESTION.validate_python(shared | draw(_ANY[kind]()))


@st.composite
def any_reply(draw: st.DrawFn, question: Question) -> Any:
    """Form values that `replies.parse` may take for this question: right, partly right, wrong, in part or none."""
    right = right_reply(question)
    match question:
        case SingleQuestion() | MultipleQuestion():
            most = 1 if isinstance(question, SingleQuestion) else len(question.options)
            places = st.integers(0, len(question.options) - 1)
            return [str(place) for place in draw(st.lists(places, max_size=most, unique=True))]
        case TrueFalseQuestion():
            return draw(st.sampled_from([[], ["true"], ["false"]]))
        case NumericQuestion() | CalculatedQuestion() | ShortAnswerQuestion() | FreeTextQuestion():
            known = values_of(right)[0] if right else "12"
            return draw(st.sampled_from([[], [known], [known[1:]], [f" {known} k€"]]) | texts.map(lambda text: [text]))
        case GapsQuestion(choose=False):
            return draw(
                _pairs(len(question.gaps), texts | st.just(values_of(right)[0].partition(":")[2] if right else ""))
            )
        case GapsQuestion():
            return draw(_pairs(len(question.gaps), _numbers(len(question.words))))
        case MatchingQuestion():
            return draw(_pairs(len(question.pairs), _numbers(len(question.matches))))
        case OrderingQuestion():
            return draw(_pairs(len(question.items), _numbers(len(question.items))))
        case CategoriesQuestion():
            return draw(_pairs(len(question.right_places), _numbers(len(question.categories))))


def _numbers(most: int) -> st.SearchStrategy[str]:
    return st.integers(0, most - 1).map(str)


@st.composite
def _pairs(draw: st.DrawFn, things: int, places: st.SearchStrategy[str]) -> list[str]:
    named = draw(st.lists(st.integers(0, things - 1), unique=True, max_size=things))
    return [f"{thing}:{draw(places)}" for thing in named]


@st.composite
def asked_and_given(draw: st.DrawFn, *kinds: str) -> tuple[Any, list[str]]:
    """A question as an attempt asks it (a calculated one with its values put in), and what a form sends for it."""
    question = draw(any_question(*(kinds or (*GRADED, "calculated"))))
    if isinstance(question, CalculatedQuestion):
        try:
            question = calculated.resolve(question, calculated.draw(question, draw(st.randoms())), "fr")
        except WrongFormula as wrong:
            raise AssertionError(question.formula) from wrong
    return question, draw(any_reply(question))
