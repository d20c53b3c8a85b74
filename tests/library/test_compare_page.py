"""Any two texts of a document compared, for its authors; and who read which."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.actor import Role
from app.core.database import db
from app.library import acknowledgements, catalogue
from tests.factories import make_person, make_team, sign_in_as
from tests.library.writing import author_of, rewrite
from tests.library_factories import (
    PLAY_BODY,
    publish_file,
    sync_library,
    write_offer,
    write_play,
    write_small_library,
    write_step,
)
from tests.queries import counting

PLAY = "/library/passer-le-standard"


@pytest.fixture
def folder(app: Flask, library_files: Path) -> Path:
    folder = write_small_library(library_files)
    sync_library(app)
    return folder


@pytest.fixture
def author(app: Flask, client: FlaskClient) -> FlaskClient:
    """A rep who writes."""
    sign_in_as(client, make_person(writes=True, language="fr"))
    return client


def publish(app: Flask, root: Path, folder: Path, old: str, new: str, **how: str) -> int:
    return publish_file(app, write_play(root, folder, body=PLAY_BODY.replace(old, new)), **how)  # type: ignore[arg-type]


def test_two_revisions_side_by_side_as_page_and_as_source(
    app: Flask, author: FlaskClient, folder: Path, library_files: Path
) -> None:
    publish(app, library_files, folder, "Le relevé", "La facture", note="Plus de relevé.")
    publish(app, library_files, folder, "Le relevé", "Le contrat")
    page = author.get(f"{PLAY}/fr/compare?from=1&to=2").text
    assert "1 passage diffère entre la version 1 et la version 2" in page
    assert '<del class="was">Le relevé</del><ins class="now">La facture</ins>' in page
    assert "Plus de relevé." in page
    assert "contrat" not in page
    source = author.get(f"{PLAY}/fr/compare?from=1&to=2&view=source").text
    assert "Ce qui diffère entre la version 1 et la version 2" in source
    assert '<del class="was">Le relevé</del><ins class="now">La facture</ins> de consommation.' in source
    assert "lignes inchangées" in source
    newest = author.get(f"{PLAY}/fr/compare").text
    assert "entre la version 2 et la version 3" in newest
    backwards = author.get(f"{PLAY}/fr/compare?from=3&to=1").text
    assert "entre la version 1 et la version 3" in backwards


def test_with_the_draft(app: Flask, client: FlaskClient, folder: Path) -> None:
    person = make_person(writes=True, language="fr")
    sign_in_as(client, person)
    assert client.get(f"{PLAY}/fr/compare?to=draft").status_code == 404
    rewrite(author_of(person), "Le relevé", "La facture")
    page = client.get(f"{PLAY}/fr/compare?to=draft").text
    assert "1 passage diffère entre la version 1 et le brouillon" in page
    assert '<ins class="now">La facture</ins>' in page
    rewrite(author_of(person), "summary:", "sommaire:")
    broken = client.get(f"{PLAY}/fr/compare?to=draft")
    assert broken.status_code == 200
    source = client.get(f"{PLAY}/fr/compare?to=draft&view=source").text
    assert '<ins class="now">sommaire</ins>' in source


def test_prices_are_told_in_words(app: Flask, author: FlaskClient, folder: Path, library_files: Path) -> None:
    price = {"item": "Luminaire, fourni", "amount": "410.00", "currency": "EUR", "tax": "included", "vat_rate": "20"}
    publish_file(app, write_offer(library_files, prices=[price]))
    page = author.get("/library/lumio-atelier/fr/compare").text
    assert "<dt>Prix · Luminaire, fourni · Montant</dt>" in page
    assert '<del class="was">390.00</del> <span aria-hidden="true">→</span> <ins class="now">410.00</ins>' in page
    assert '<del class="was">hors taxes</del>' in page
    assert "{" not in page[page.index("fact-changes") : page.index("</dl>")]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "asked", ["?from=9", "?to=9", "?from=x", "?to=draft", "?from=-1", "?from=1%00", f"?from={'9' * 400}"]
)
def test_a_revision_that_is_not_there(author: FlaskClient, asked: str) -> None:
    assert author.get(f"{PLAY}/fr/compare{asked}").status_code == 404


@pytest.mark.usefixtures("folder")
def test_what_is_not_there_at_all(author: FlaskClient) -> None:
    for address in (f"{PLAY}/en/compare", "/library/nulle-part/fr/compare", f"{PLAY}/{'x' * 400}/compare"):
        assert author.get(address).status_code == 404
    page = author.get(f"{PLAY}/fr/compare").text
    assert "est la seule pour l’instant" in page


def test_a_withdrawn_document_can_still_be_compared(
    app: Flask, author: FlaskClient, folder: Path, library_files: Path
) -> None:
    publish(app, library_files, folder, "Le relevé", "La facture")
    sync_library(app)
    (folder / "passer-le-standard.md").unlink()
    sync_library(app)
    assert catalogue.current().find("passer-le-standard", "fr") is None
    assert author.get(f"{PLAY}/fr/compare?from=1&to=2").status_code == 200


@pytest.mark.usefixtures("folder")
def test_readers_may_not_compare_nor_see_readers(client: FlaskClient) -> None:
    sign_in_as(client, make_person())
    assert client.get(f"{PLAY}/fr/compare").status_code == 403
    assert client.get(f"{PLAY}/readers").status_code == 403


def test_the_number_of_statements_does_not_grow_with_revisions(
    app: Flask, author: FlaskClient, folder: Path, library_files: Path
) -> None:
    for number in range(12):
        publish(app, library_files, folder, "Le relevé", f"Le relevé {number}")
    author.get("/")
    db.session.remove()
    with counting() as statements:
        assert author.get(f"{PLAY}/fr/compare?from=1&to=13").status_code == 200
    assert len(statements) <= 7, statements


def test_a_manager_sees_their_people_and_who_is_behind(
    app: Flask, client: FlaskClient, folder: Path, library_files: Path
) -> None:
    manager = make_person(Role.MANAGER, language="fr")
    behind, never, fresh, stranger = (make_person(name=name) for name in ("Bea Hind", "Nev Er", "Fre Sh", "Ex Terne"))
    make_team(manager=manager, members=(behind, never, fresh))
    make_team(manager=make_person(Role.MANAGER), members=(stranger,))
    first = catalogue.entry("passer-le-standard", "play").revision_id
    for person in (behind, stranger):
        acknowledgements.acknowledge(person.id, "passer-le-standard", first)
    second = publish(app, library_files, folder, "Le relevé", "La facture")
    acknowledgements.acknowledge(fresh.id, "passer-le-standard", second)
    sign_in_as(client, manager)
    page = client.get(f"{PLAY}/readers").text
    assert "1 personne travaille sur une version dépassée" in page
    assert page.index("Bea Hind") < page.index("Nev Er") < page.index("Fre Sh")
    assert "Ex Terne" not in page
    assert f"{PLAY}/fr/compare?from=1&amp;to=2" in page
    only = client.get(f"{PLAY}/readers?state=never").text
    assert "Nev Er" in only
    assert "Bea Hind" not in only
    assert client.get(f"{PLAY}/readers?state=zzz&page=999").status_code == 200
    sign_in_as(client, make_person(Role.ADMINISTRATOR, language="fr"))
    assert "2 personnes travaillent sur une version dépassée" in client.get(f"{PLAY}/readers").text


@pytest.mark.usefixtures("folder")
def test_a_rep_who_writes_sees_figures_without_names(client: FlaskClient) -> None:
    reader = make_person(name="Discret Lecteur")
    first = catalogue.entry("passer-le-standard", "play").revision_id
    acknowledgements.acknowledge(reader.id, "passer-le-standard", first)
    sign_in_as(client, make_person(writes=True, language="fr"))
    page = client.get(f"{PLAY}/readers").text
    assert "Discret" not in page
    assert "En chiffres" in page


@pytest.mark.usefixtures("folder")
def test_documents_that_nobody_acknowledges_and_those_that_are_not_there(client: FlaskClient) -> None:
    sign_in_as(client, make_person(Role.MANAGER, language="fr"))
    assert "Pas de liste de lecteurs" in client.get("/library/lumio-atelier/readers").text
    assert "Personne encore pour la lire" in client.get(f"{PLAY}/readers").text
    assert client.get("/library/nulle-part/readers").status_code == 404


def test_readers_need_few_statements_however_many_they_are(
    app: Flask, client: FlaskClient, folder: Path, library_files: Path
) -> None:
    manager = make_person(Role.MANAGER, language="fr")
    people = tuple(make_person() for _ in range(60))
    make_team(manager=manager, members=people)
    first = catalogue.entry("passer-le-standard", "play").revision_id
    for person in people[:30]:
        acknowledgements.acknowledge(person.id, "passer-le-standard", first)
    publish(app, library_files, folder, "Le relevé", "La facture")
    sign_in_as(client, manager)
    client.get(f"{PLAY}/readers")
    db.session.remove()
    with counting() as statements:
        page = client.get(f"{PLAY}/readers").text
    assert len(statements) == 3, statements
    assert "Page 1 sur 2" in page or "Page 1 de 2" in page


def test_a_language_with_its_own_text_is_compared_with_it(
    app: Flask, client: FlaskClient, folder: Path, library_files: Path
) -> None:
    english_step = write_step(library_files, language="en")
    write_play(library_files, english_step, language="en", title="The gatekeeper")
    sync_library(app)
    english = catalogue.current().find("passer-le-standard", "en")
    assert english is not None
    manager, rep = make_person(Role.MANAGER, language="fr"), make_person(name="Rea Der")
    make_team(manager=manager, members=(rep,))
    acknowledgements.acknowledge(rep.id, "passer-le-standard", english.revision_id)
    publish(app, library_files, folder, "Le relevé", "La facture")
    sign_in_as(client, manager)
    page = client.get(f"{PLAY}/readers").text
    assert "Tout le monde est à jour" in page  # the French text changed, not the one they read
