"""Offers to make questions from."""

from typing import Any

from app.playbook.documents import OfferFacts
from app.quizzes.from_offers.facts import Offer

ATELIER: dict[str, Any] = {
    "characteristics": [
        {
            "name": "Garantie",
            "value": "5 ans, sur site",
            "advantage": "Une panne ne coûte rien pendant cinq ans.",
            "proof": "Clause jointe au devis.",
        },
        {
            "name": "Étanchéité",
            "value": "IP65, IK08",
            "advantage": "Étanche à la poussière.",
            "proof": "Plaque du luminaire.",
        },
        {"name": "Gradation", "value": "DALI-2", "advantage": "Se règle zone par zone.", "proof": "Démonstration."},
    ],
    "limits": [
        {"limit": "Ne convient pas aux zones ATEX.", "answer": "Nous excluons ces zones."},
        {"limit": "La livraison prend quatre semaines.", "answer": "Nous datons la commande."},
    ],
    "prices": [
        {
            "item": "Luminaire, fourni",
            "amount": "390.00",
            "unit": "par luminaire",
            "tax": "excluded",
            "vat_rate": "20",
        },
        {"item": "Pose", "amount": "95.00", "unit": "par point", "tax": "excluded", "vat_rate": "20"},
    ],
    "competitors": [
        {"name": "Clarvel", "strength": "Moins cher.", "weakness": "230 W.", "answer": "Sur cinq ans."},
        {"name": "Batilux", "strength": "Tout près.", "weakness": "Sans engagement.", "answer": "Par écrit."},
    ],
}
SUIVI: dict[str, Any] = {
    "characteristics": [
        {"name": "Garantie", "value": "2 ans", "advantage": "Deux ans tranquilles.", "proof": "Contrat signé."},
        {"name": "Rapport", "value": "mensuel", "advantage": "Une dérive se voit.", "proof": "Un rapport réel."},
    ],
    "limits": [{"limit": "Pas le dimanche.", "answer": "Dès le lundi."}],
    "prices": [
        {"item": "Formule", "amount": "21.60", "unit": "par mois", "tax": "included", "vat_rate": "20"},
    ],
    "competitors": [],
}
ETUDE: dict[str, Any] = {
    "characteristics": [
        {"name": "Garantie", "value": "aucune", "advantage": "Un prix bas.", "proof": "Le devis."},
        {"name": "Délai", "value": "8 jours", "advantage": "Une réponse rapide.", "proof": "Les dates."},
    ],
    "limits": [{"limit": "Une seule visite.", "answer": "Préparez-la."}],
    "prices": [{"item": "Étude", "amount": "0", "tax": "excluded", "vat_rate": "20"}],
    "competitors": [],
}


def offer(id: str, facts: dict[str, Any], title: str = "", **changes: Any) -> Offer:
    """An offer with these facts."""
    front = {
        "id": id,
        "title": title or id.replace("-", " ").title(),
        "order": 1,
        "nature": "product",
        "summary": "Un résumé.",
        "for_whom": ["Ateliers"],
        **facts,
        **changes,
    }
    read = OfferFacts.model_validate(front)
    return Offer(read.id, read.title, read)


def replaced(facts: dict[str, Any], part: str, place: int, **changes: Any) -> dict[str, Any]:
    """The facts with one row changed."""
    rows = [{**row, **changes} if at == place else row for at, row in enumerate(facts[part])]
    return {**facts, part: rows}
