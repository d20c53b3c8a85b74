"""Small library files for tests, in the folder of the `library_files` fixture, with sensible defaults.

Every writer returns the file it wrote. A keyword argument replaces a front-matter key, None leaves it out:
`write_play(root, step, "ecouter", title="Écouter", owner=None)`. The writers know their links: a script stands
on the step `prendre-contact` and in the category `prix` unless told otherwise, so write these first.
"""

from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from flask import Flask

from app.config import Settings
from app.core.database import db
from app.library import parsing, publishing
from app.library.files import Folders, SourceFile
from app.library.kinds import Draft, all_kinds
from app.library.sync import Report, synchronise

STEP = "prendre-contact"

PLAY_BODY = """\
## Savoir {.know}
Ce qu’il faut savoir.

## Dire {.say}
> « Bonjour, je vous appelle au sujet de l’éclairage. »

## Montrer {.show}
Le relevé de consommation.

## Faire {.do}
- Noter le nom de la personne.
"""

SCRIPT_BODY = """\
## Creuser {.probe}
> « Par rapport à quoi ? »

## Reformuler {.rephrase}
> « Vous vous demandez si la dépense se justifie ? »

## Argumenter {.answer}
> « L’atelier Ferrand a gagné 58 % en douze mois. »

## Contrôler {.check}
> « Est-ce que cela répond à votre question ? »
"""


def write_text(root: Path, path: str, text: str | bytes) -> Path:
    """Put a text, or exact bytes, in a file below the library's root (`content/fr/…`)."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def yaml_of(values: dict[str, Any]) -> str:
    """The values as an author would write them; those that are None are left out."""
    given = {key: value for key, value in values.items() if value is not None}
    return yaml.safe_dump(given, allow_unicode=True, sort_keys=False, width=1000)


def front_matter(values: dict[str, Any], body: str = "") -> str:
    """A Markdown file: front matter, then the body."""
    return f"---\n{yaml_of(values)}---\n{body}"


def write_step(
    root: Path, id: str = STEP, order: int = 1, language: str = "fr", body: str = "À quoi sert l’étape.\n", **front: Any
) -> Path:
    """A step; returns its folder, which `write_play` takes."""
    values = {
        "id": id,
        "title": id.replace("-", " ").capitalize(),
        "short_title": id[:12],
        "order": order,
        "goal": "Obtenir un rendez-vous.",
        "exit_criteria": ["Un rendez-vous est daté."],
        **front,
    }
    return write_text(root, f"content/{language}/{order:02}-{id}/index.md", front_matter(values, body)).parent


def write_play(
    root: Path,
    step_folder: Path | str,
    id: str = "passer-le-standard",
    order: int = 1,
    language: str = "fr",
    body: str = PLAY_BODY,
    **front: Any,
) -> Path:
    """A play in a step's folder (what `write_step` returned, or the folder's name)."""
    values = {
        "id": id,
        "title": id.replace("-", " ").capitalize(),
        "order": order,
        "summary": "Être mis en relation, sans ruse.",
        **front,
    }
    return write_text(root, f"content/{language}/{Path(step_folder).name}/{id}.md", front_matter(values, body))


def write_offer(
    root: Path,
    id: str = "lumio-atelier",
    order: int = 1,
    language: str = "fr",
    body: str = "## Comment ça marche\nOn remplace les luminaires.\n",
    **front: Any,
) -> Path:
    """An offer with one row of everything."""
    values = {
        "id": id,
        "title": id.replace("-", " ").title(),
        "order": order,
        "nature": "product",
        "summary": "Un éclairage qui consomme deux fois moins.",
        "for_whom": ["Ateliers de production"],
        "characteristics": [
            {
                "name": "Rendement",
                "value": "140 lm/W",
                "advantage": "Éclaire autant en consommant moins.",
                "benefit": "La facture baisse.",
                "proof": "Relevé de l’atelier Ferrand.",
                "motives": ["argent"],
            }
        ],
        "limits": [{"limit": "Pas de zone ATEX.", "answer": "Nous le disons d’emblée."}],
        "prices": [
            {
                "item": "Luminaire, fourni",
                "amount": "390.00",
                "currency": "EUR",
                "unit": "par luminaire",
                "tax": "excluded",
                "vat_rate": "20",
            }
        ],
        "competitors": [
            {"name": "Clarvel", "strength": "Moins cher.", "weakness": "Garantie courte.", "answer": "Sur cinq ans."}
        ],
        **front,
    }
    folder = "offres" if language == "fr" else "offers"
    return write_text(root, f"content/{language}/{folder}/{id}.md", front_matter(values, body))


def write_categories(root: Path, language: str = "fr", **titles: str) -> Path:
    """The list of categories, by id (`prix="Prix"`); Prix and Moment by default."""
    rows = [{"id": id, "title": title} for id, title in (titles or {"prix": "Prix", "moment": "Moment"}).items()]
    values = {"id": "categories-d-objections", "title": "Catégories d’objections", "categories": rows}
    return write_text(root, f"content/{language}/objections/categories.yaml", yaml_of(values))


def write_script(
    root: Path,
    id: str = "trop-cher",
    title: str = "C’est trop cher",
    language: str = "fr",
    body: str = SCRIPT_BODY,
    **front: Any,
) -> Path:
    """An objection script with the four movements of CRAC."""
    values = {
        "id": id,
        "title": title,
        "variants": ["Vous êtes au-dessus du marché"],
        "category": "prix",
        "steps": [STEP],
        "sincerity": "founded",
        "personas": ["acheteur"],
        **front,
    }
    return write_text(root, f"content/{language}/objections/{id}.md", front_matter(values, body))


def questions(read_again: str = f"step:{STEP}") -> list[dict[str, Any]]:
    """One question of each type, worth one point each. Keys: the types, with hyphens.

    The right replies: option 0; options 0 and 1 (of four); true; 1026 give or take 0.01; “MESORE” or “BATNA”.
    """
    shared = {"read_again": read_again, "points": 1}
    replies = {"if_right": "C’est exact.", "if_wrong": "Relisez la fiche."}
    return [
        {
            "key": "single",
            "type": "single",
            "title": "Remises successives",
            "text": "10 % puis 5 % sur 1 200 € : quel prix ?",
            **shared,
            "options": [
                {"text": "1 026 €", "right": True, "feedback": "Les remises se multiplient."},
                {"text": "1 020 €", "feedback": "Vous les avez additionnées."},
            ],
        },
        {
            "key": "multiple",
            "type": "multiple",
            "title": "Contreparties",
            "text": "Que demander en échange d’une remise ?",
            **shared,
            "options": [
                {"text": "Un volume", "right": True, "feedback": "Oui."},
                {"text": "Un délai de paiement plus court", "right": True, "feedback": "Oui."},
                {"text": "Rien", "feedback": "Jamais de concession sans contrepartie."},
                {"text": "Des excuses", "feedback": "Non."},
            ],
        },
        {
            "key": "true-false",
            "type": "true_false",
            "title": "Silence",
            "text": "Après avoir demandé, on se tait.",
            **shared,
            "answer": True,
            "if_true": "Oui, on attend.",
            "if_false": "Si : le premier qui parle cède.",
        },
        {
            "key": "numeric",
            "type": "numeric",
            "title": "Prix net",
            "text": "1 200 € moins 10 % moins 5 % ?",
            **shared,
            "value": "1026.00",
            "tolerance": "0.01",
            "unit": "€",
            **replies,
        },
        {
            "key": "short-answer",
            "type": "short_answer",
            "title": "Repli",
            "text": "Comment appelle-t-on la meilleure solution de rechange ?",
            **shared,
            "accepted": ["MESORE", "BATNA"],
            **replies,
        },
    ]


def write_quiz(
    root: Path, id: str = "quiz-prix", language: str = "fr", step: str = STEP, order: int = 1, **front: Any
) -> Path:
    """A quiz with one question of each type (see `questions`)."""
    values = {
        "id": id,
        "title": id.replace("-", " ").capitalize(),
        "step": step,
        "order": order,
        "intro": "Cinq questions.",
        "pass_mark": 80,
        "questions": questions(f"step:{step}"),
        **front,
    }
    return write_text(root, f"quizzes/{language}/{id}.yaml", yaml_of(values))


def write_bank(root: Path, id: str = "banque-prix", language: str = "fr", **front: Any) -> Path:
    """A bank with one question of each of five types (see `questions`)."""
    values = {"id": id, "title": id.replace("-", " ").capitalize(), "questions": questions(), **front}
    return write_text(root, f"quizzes/{language}/banques/{id}.yaml", yaml_of(values))


def write_glossary(root: Path, language: str = "fr", **definitions: str) -> Path:
    """A glossary whose terms are all abbreviations (`MESORE="Meilleure solution …"`)."""
    given = definitions or {"MESORE": "Meilleure solution de rechange."}
    terms = [{"term": term, "definition": text, "abbreviation": True} for term, text in given.items()]
    name = "glossaire" if language == "fr" else "glossary"
    values = {"id": "glossaire", "title": "Glossaire" if language == "fr" else "Glossary", "terms": terms}
    return write_text(root, f"content/{language}/{name}.yaml", yaml_of(values))


def write_small_library(root: Path) -> Path:
    """One of everything, in French, links and all: the step's folder is returned."""
    folder = write_step(root)
    write_play(root, folder)
    write_offer(root)
    write_categories(root)
    write_script(root, offers=["lumio-atelier"])
    write_quiz(root)
    write_glossary(root)
    return folder


def folders_of(app: Flask) -> Folders:
    """The library's folders in the application's settings."""
    settings: Settings = app.config["SETTINGS"]
    return Folders(settings.content_dir, settings.quizzes_dir)


def sync_library(app: Flask) -> Report:
    """Bring files and database together, as `flask library sync` does. Needs an application context."""
    return synchronise(folders_of(app))


def publish_file(
    app: Flask, file: Path, *, materiality: str = "material", note: str = "", by: UUID | None = None
) -> int:
    """Publish what a writer has just written as the editor would, and commit; returns the revision's id."""
    path = file.relative_to(folders_of(app).content.parent).as_posix()
    draft = parsing.parse(SourceFile(path, file.read_bytes()), all_kinds(), {})
    assert isinstance(draft, Draft), draft
    publishing.lock_library()
    given = {"in_file": False, "note": note, "by": by}
    revision_id = publishing.publish(draft, file.read_bytes(), publishing.recipe({}), materiality, **given)
    publishing.bump_generation()
    db.session.commit()
    return revision_id
