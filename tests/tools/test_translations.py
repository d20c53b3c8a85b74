"""The tool that keeps the message catalogues, and the catalogues themselves."""

from pathlib import Path

import pytest
from babel.support import Translations

from tools import translations


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small application: the shared catalogue and one room."""
    app = tmp_path / "app"
    for folder in ("core", "templates", "attic/templates"):
        (app / folder).mkdir(parents=True)
    (app / "core" / "errors.py").write_text('ONE = _l("Not here.")\n')
    (app / "attic" / "room.py").write_text('TWO = ngettext("%(num)s box", "%(num)s boxes", 2)\n')
    (app / "attic" / "templates" / "page.html").write_text('<p>{{ _("Under the roof") }}</p>\n')
    monkeypatch.setattr(translations, "APP", app)
    return app


def catalogue(house: Path) -> Path:
    return house / "attic" / "translations" / "fr" / "LC_MESSAGES" / "messages.po"


def translate(house: Path, **words: str) -> None:
    path = catalogue(house)
    text = path.read_text()
    for message, said in (("%(num)s box", "carton"), ("Under the roof", words.get("roof", "Sous le toit"))):
        text = text.replace(f'msgid "{message}"\nmsgstr ""', f'msgid "{message}"\nmsgstr "{said}"')
    path.write_text(
        text.replace('msgstr[0] ""', 'msgstr[0] "%(num)s carton"').replace(
            'msgstr[1] ""', 'msgstr[1] "%(num)s cartons"'
        )
    )


def test_a_room_has_its_own_messages_with_no_line_and_no_date(house: Path) -> None:
    translations.main(["update"])
    text = catalogue(house).read_text()
    assert 'msgid "Under the roof"' in text
    assert "Not here." not in text
    assert "#: app/attic/templates/page.html\n" in text
    assert "Date" not in text


def test_updating_again_changes_nothing_and_loses_nothing(house: Path) -> None:
    translations.main(["update"])
    translate(house)
    translations.main(["update"])
    first = catalogue(house).read_bytes()
    assert b"Sous le toit" in first
    (house / "attic" / "templates" / "page.html").write_text('\n\n\n<p>{{ _("Under the roof") }}</p>\n')
    translations.main(["update"])
    assert catalogue(house).read_bytes() == first


def test_what_is_missing_obsolete_or_ill_formed_is_listed(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert translations.main(["check", "attic"]) == 1
    assert "missing: 'Under the roof'" in capsys.readouterr().err
    translations.main(["update"])
    assert translations.main(["check", "attic"]) == 1
    assert "not translated: 'Under the roof'" in capsys.readouterr().err
    translate(house)
    assert translations.main(["check", "attic"]) == 0
    (house / "attic" / "templates" / "page.html").write_text("<p>nothing</p>\n")
    assert translations.main(["check", "attic"]) == 1
    assert "obsolete: 'Under the roof'" in capsys.readouterr().err
    catalogue(house).write_text(catalogue(house).read_text().replace("%(num)s cartons", "%(nombre)s cartons"))
    translations.main(["check", "attic"])
    assert "ill-formed: '%(num)s box'" in capsys.readouterr().err


def test_two_rooms_that_say_it_differently_are_told(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (house / "core" / "page.py").write_text('_("Under the roof")\n')
    translations.main(["update"])
    translate(house)
    shared = house / "translations" / "fr" / "LC_MESSAGES" / "messages.po"
    shared.write_text(
        shared.read_text().replace('msgid "Under the roof"\nmsgstr ""', 'msgid "Under the roof"\nmsgstr "Au grenier"')
    )
    assert translations.main(["check"]) == 1
    assert "translate differently" in capsys.readouterr().err


def test_what_is_compiled_is_what_is_read(house: Path) -> None:
    translations.main(["update"])
    translate(house)
    translations.main(["compile"])
    read = Translations.load(house / "attic" / "translations", ["fr"])
    assert read.gettext("Under the roof") == "Sous le toit"
    assert read.ngettext("%(num)s box", "%(num)s boxes", 0) == "%(num)s carton"
    assert not list(house.rglob("*.new"))


def test_a_room_that_is_not_there_is_wrong_usage(house: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        translations.main(["update", "cellar"])
    assert ended.value.code == 2
