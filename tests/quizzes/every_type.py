"""One sound question of each of the eleven types, as a file holds them."""

import copy
from typing import Any

_ASKED: dict[str, dict[str, Any]] = {
    "single": {
        "options": [
            {"text": "Oui", "right": True, "feedback": "Juste."},
            {"text": "Presque", "feedback": "À moitié.", "credit": "1/2"},
            {"text": "Non", "feedback": "Faux."},
        ]
    },
    "multiple": {
        "options": [
            {"text": "Un", "right": True, "feedback": "Juste."},
            {"text": "Deux", "right": True, "feedback": "Juste."},
            {"text": "Trois", "feedback": "Faux."},
        ]
    },
    "true_false": {"answer": True, "if_true": "Juste.", "if_false": "Faux."},
    "numeric": {
        "value": "1200.00",
        "tolerance": "0.01",
        "unit": "€",
        "other_units": [{"unit": "k€", "factor": "1000"}],
        "also": [{"value": "1000", "credit": "1/4", "feedback": "Hors taxes."}],
    },
    "calculated": {
        "text": "{cost} € et {rate} % de marge : à quel prix ?",
        "variables": [
            {"name": "cost", "low": "100", "high": "200"},
            {"name": "rate", "low": "10.0", "high": "20.0", "decimals": 1},
        ],
        "formula": "cost * (1 + rate / 100)",
        "decimals": 2,
        "unit": "€",
    },
    "short_answer": {
        "accepted": ["MESORE", "la MESORE"],
        "also": [{"text": "plancher", "credit": "1/3", "feedback": "Pas tout à fait."}],
        "near_miss_credit": "1/2",
    },
    "gaps": {
        "text": "Taux de marge = marge ÷ [[1]] ; taux de marque = marge ÷ [[2]].",
        "choose": True,
        "gaps": [{"accepted": ["PA"], "feedback": "L’achat."}, {"accepted": ["PV"]}],
        "wrong": ["TVA"],
    },
    "matching": {
        "pairs": [{"prompt": "IP65", "match": "Poussière"}, {"prompt": "DALI-2", "match": "Gradation"}],
        "wrong": ["Couleur"],
    },
    "ordering": {"items": ["Creuser", "Reformuler", "Argumenter", "Contrôler"]},
    "categories": {"categories": [{"name": "Suspect", "items": ["A", "B"]}, {"name": "Client", "items": ["C"]}]},
    "free_text": {
        "rubric": [{"name": "Clair", "points": 2}, {"name": "Daté", "points": 3}],
        "model_answer": "Jeudi à 9 heures.",
        "most_words": 120,
    },
}
_UNTOLD = ("single", "multiple", "true_false", "free_text")


def question(kind: str, read_again: str = "step:prendre-contact", **values: Any) -> dict[str, Any]:
    """A question of a type; what is given takes the place of what it would hold."""
    told = {} if kind in _UNTOLD else {"if_right": "Juste.", "if_wrong": "Faux."}
    key = kind.replace("_", "-")
    base = {"key": key, "type": kind, "title": key, "text": f"Question {key} ?", "read_again": read_again}
    made = {**base, **told, **copy.deepcopy(_ASKED[kind]), **values}
    return {name: value for name, value in made.items() if value is not None}


def every_question(read_again: str = "step:prendre-contact") -> list[dict[str, Any]]:
    """One of each type."""
    return [question(kind, read_again) for kind in _ASKED]
