"""A quiz with a question of each of the eleven types, as a rep meets them, and the form values of replies to them."""

from typing import Any

from tests.library_factories import STEP, questions

_TOLD = {"if_right": "C’est exact.", "if_wrong": "Relisez la fiche."}
RIGHT: dict[str, list[str]] = {
    "single": ["0"],
    "multiple": ["0", "1"],
    "true-false": ["true"],
    "numeric": ["1 026,00 €"],
    "calculated": [],  # depends on what is drawn
    "short-answer": ["mésore."],
    "gaps": ["0:besoins", "1:reformuler"],
    "gaps-chosen": ["0:0", "1:1"],
    "matching": ["0:0", "1:1", "2:2"],
    "ordering": ["0:0", "1:1", "2:2", "3:3"],
    "categories": ["0:0", "1:0", "2:1"],
    "free-text": ["Je questionne, puis je reformule."],
}
WRONG: dict[str, list[str]] = {
    "single": ["1"],
    "multiple": ["2"],
    "true-false": ["false"],
    "numeric": ["12"],
    "calculated": ["-1"],
    "short-answer": ["MESOREE"],
    "gaps": ["0:besoin", "1:conclure"],
    "gaps-chosen": ["0:2", "1:1"],
    "matching": ["0:1", "1:0", "2:3"],
    "ordering": ["0:3", "1:2", "2:1", "3:0"],
    "categories": ["0:1", "1:0", "2:0"],
    "free-text": [],
}


def asked_types(step: str = STEP) -> list[dict[str, Any]]:
    """The five of `questions`, then the others; keys are the types with hyphens, and `gaps-chosen`."""
    shared = {"read_again": f"step:{step}", "points": 1}
    return [
        *questions(f"step:{step}"),
        {
            "key": "calculated",
            "type": "calculated",
            "title": "Prix TTC",
            "text": "Un luminaire est à {ht} € HT, la TVA est de 20 %. Quel est le prix TTC ?",
            **shared,
            "variables": [{"name": "ht", "low": "100", "high": "900", "decimals": 0}],
            "formula": "ht * 1.2",
            "decimals": 2,
            "tolerance": "0.01",
            "unit": "€",
            **_TOLD,
        },
        {
            "key": "gaps",
            "type": "gaps",
            "title": "Découverte",
            "text": "On découvre les [[1]] avant d’argumenter, et l’on finit par [[2]].",
            **shared,
            "gaps": [
                {"accepted": ["besoins"], "feedback": "Les leviers de la commande."},
                {"accepted": ["reformuler", "une reformulation"]},
            ],
            **_TOLD,
        },
        {
            "key": "gaps-chosen",
            "type": "gaps",
            "title": "CAP",
            "text": "Une [[1]] devient un [[2]] pour le client.",
            **shared,
            "gaps": [{"accepted": ["caractéristique"]}, {"accepted": ["avantage"]}],
            "choose": True,
            "wrong": ["preuve", "concession"],
            **_TOLD,
        },
        {
            "key": "matching",
            "type": "matching",
            "title": "Sigles",
            "text": "À quoi sert chaque méthode ?",
            **shared,
            "pairs": [
                {"prompt": "CRAC", "match": "répondre aux objections", "feedback": "Creuser d’abord."},
                {"prompt": "SONCAS", "match": "connaître les motivations"},
                {"prompt": "BANT", "match": "qualifier un prospect"},
            ],
            "wrong": ["fixer un prix"],
            **_TOLD,
        },
        {
            "key": "ordering",
            "type": "ordering",
            "title": "Objections",
            "text": "Dans quel ordre répond-on à une objection ?",
            **shared,
            "items": ["Creuser", "Reformuler", "Argumenter", "Contrôler"],
            **_TOLD,
        },
        {
            "key": "categories",
            "type": "categories",
            "title": "Questions",
            "text": "Ouverte ou fermée ?",
            **shared,
            "categories": [
                {"name": "Ouverte", "items": ["Comment faites-vous ?", "Qu’est-ce qui compte ?"]},
                {"name": "Fermée", "items": ["Vous décidez seul ?"]},
            ],
            **_TOLD,
        },
        {
            "key": "free-text",
            "type": "free_text",
            "title": "Un client pressé",
            "text": "Un client dit « envoyez-moi un devis ». Que faites-vous ?",
            **shared,
            "rubric": [{"name": "Questionne avant de chiffrer", "points": 2}, {"name": "Reformule", "points": 1}],
            "model_answer": "Je propose dix minutes pour comprendre **le besoin**, puis je chiffre.",
            "most_words": 60,
        },
    ]
