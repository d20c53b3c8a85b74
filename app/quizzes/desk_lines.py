"""What quizzes have waiting for somebody on *Today*: replies to score, results that were corrected."""

from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.actor import Actor, Role
from app.core import languages
from app.core.web import long_date, percent
from app.library import catalogue, desk
from app.library.desk import Waiting
from app.quizzes.regrading import regraded_rows
from app.quizzes.regrading.regraded_rows import News
from app.quizzes.scoring import scorers

MOST_NEWS = 3


@desk.adds
def to_score(actor: Actor) -> list[Waiting]:
    """What waits for the scores of who leads; nothing is asked for a rep."""
    if actor.role is Role.REP:
        return []
    number, since = scorers.count_at(actor.id, actor.role.value)
    if not number or since is None:
        return []
    return [
        Waiting(
            icon="clipboard-check",
            what=ngettext("An attempt waits for your scores", "%(num)s attempts wait for your scores", number),
            why=_("written replies; the first since %(day)s", day=long_date(since)),
            action=str(_("Score")),
            address="/quizzes/to-score",
            order=15,
        )
    ]


@desk.adds
def corrected(actor: Actor) -> list[Waiting]:
    """The person's own attempts that pass since a correction, or no longer do, until they look at them."""
    news = regraded_rows.news_of(actor.id)
    return [_line(each) for each in news[-MOST_NEWS:]]


def _line(news: News) -> Waiting:
    entry = catalogue.current().find(news.document_id, languages.readers())
    reached = percent(news.percent)
    why = (
        _("your result was corrected: %(percent)s, passed", percent=reached)
        if news.passed
        else _("your result was corrected: %(percent)s, not passed any more", percent=reached)
    )
    return Waiting(
        icon="refresh",
        what=entry.title if entry else news.document_id,
        why=why,
        action=str(_("See why")),
        address=f"/attempts/{news.attempt_id}",
        order=20,
    )
