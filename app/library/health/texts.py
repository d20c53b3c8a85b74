"""Checks of what is published: links, translations, length. They change only with the library."""

from flask_babel import gettext as _
from flask_babel import ngettext

from app.library import catalogue
from app.library.authoring import catching_up
from app.library.catalogue import Entry
from app.library.health import asking
from app.library.health.asking import BrokenLink
from app.library.health.findings import Finding, Group
from app.library.kinds import all_kinds

LONGEST_MINUTES = 5
TONGUES = ("fr", "en")


def broken_links() -> Group:
    """Links to documents that were archived without a successor, and to parts that are gone."""
    return Group(
        name="links",
        icon="unlink",
        title=_("Links that lead nowhere"),
        short=_("broken links"),
        why=_("The document was archived, or the heading is gone: a reader who follows them finds nothing."),
        findings=tuple(_broken(each) for each in asking.broken_links(all_kinds().by_name)),
        order=30,
    )


def behind() -> Group:
    """Translations that another language has left behind."""
    current = catalogue.current()
    found = []
    for (document_id, language), ahead in sorted(catching_up.behind().items()):
        entry = current.find(document_id, language)
        if entry is not None and entry.language == language:
            why = _(
                "%(language)s: behind %(other)s since version %(number)s",
                language=_tongue(language),
                other=_tongue(ahead.language),
                number=ahead.number,
            )
            address = f"/library/{document_id}/{language}/edit?beside={ahead.language}"
            found.append(Finding(entry.title, why, _("Translate"), address, language))
    return Group(
        name="behind",
        icon="language",
        title=_("Translations that are behind"),
        short=_("behind"),
        why=_("The other language changed in substance, and this one has not followed."),
        findings=tuple(found),
        order=45,
    )


def untranslated() -> Group:
    """Documents that lack a language in which others exist."""
    current = catalogue.current()
    spoken = sorted({entry.language for entry in current.everything()} & set(TONGUES))
    found = []
    for entry in _first_editions():
        there = {each.language for each in current.editions(entry.id)}
        found += [
            Finding(
                entry.title,
                _("not in %(language)s", language=_tongue(language)),
                _("Translate"),
                f"/library/{entry.id}/{language}/edit?beside={entry.language}",
                entry.language,
            )
            for language in spoken
            if language not in there
        ]
    return Group(
        name="untranslated",
        icon="language",
        title=_("Documents without a translation"),
        short=_("not translated"),
        why=_("Readers of that language are shown another one, and told so."),
        findings=tuple(found),
        order=90,
    )


def unlinked_scripts() -> Group:
    """Objections that no text leads to, and those of steps without a play, which no play's page shows."""
    current = catalogue.current()
    linked = asking.linked_scripts()
    folders = {entry.folder for entry in current.everything() if entry.kind.name == "play"}
    steps_with_plays = {
        entry.id for entry in current.everything() if entry.kind.name == "step" and entry.folder in folders
    }
    found = []
    for entry in _first_editions("script"):
        if not steps_with_plays & set(entry.card.steps):
            why = _("its steps have no play: it stands on the page of none")
        elif entry.id not in linked and not entry.card.offers:
            why = _("no play, script, offer or quiz leads to it")
        else:
            continue
        found.append(Finding(entry.title, why, _("Edit"), f"/library/{entry.id}/{entry.language}/edit", entry.language))
    return Group(
        name="unlinked",
        icon="unlink",
        title=_("Objections that nothing leads to"),
        short=_("unlinked objections"),
        why=_(
            "They are found by searching only. Link to them from a play, as the branch of another script, or name "
            "their offers."
        ),
        findings=tuple(found),
        order=60,
    )


def too_long() -> Group:
    """Plays that take more than five minutes to read."""
    found = [
        Finding(
            entry.title,
            ngettext("%(num)s minute of reading", "%(num)s minutes of reading", entry.card.minutes),
            _("Shorten"),
            f"/library/{entry.id}/{entry.language}/edit",
            entry.language,
        )
        for entry in _first_editions("play")
        if entry.card.minutes > LONGEST_MINUTES
    ]
    return Group(
        name="long",
        icon="clock",
        title=_("Plays of more than five minutes"),
        short=_("long plays"),
        why=_("A rep reads between two calls: cut, or make two plays of one."),
        findings=tuple(found),
        order=70,
    )


def _broken(each: BrokenLink) -> Finding:
    link = each.link
    entry = catalogue.current().find(link.document_id, link.language)
    target = catalogue.current().find(link.target_id, link.language)
    named = target.title if target else f"{link.target_kind}:{link.target_id}"
    if each.is_gone:
        why = _("leads to “%(target)s”, which was archived", target=named)
    else:
        why = _("leads to the part “%(part)s” of “%(target)s”, which is gone", part=link.part, target=named)
    address = f"/library/{link.document_id}/{link.language}/edit"
    return Finding(entry.title if entry else link.document_id, why, _("Mend"), address, link.language)


def _first_editions(kind: str | None = None) -> list[Entry]:
    """Each document once, in French where it is, by title."""
    current = catalogue.current()
    ids = {entry.id for entry in current.everything() if kind in (None, entry.kind.name)}
    found = [entry for each in ids if (entry := current.find(each, "fr"))]
    return sorted(found, key=lambda entry: (entry.title.casefold(), entry.id))


def _tongue(language: str) -> str:
    return str({"fr": _("French"), "en": _("English")}.get(language, language.upper()))
