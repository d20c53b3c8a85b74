"""The team dashboard: reps × steps, and who needs attention. A fixed number of statements, whoever is in the teams."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.accounts import teams
from app.accounts.actor import Actor
from app.accounts.authorisation import Action, authorise
from app.accounts.teams import MemberRow, TeamSummary
from app.core import clock, languages
from app.core.errors import NotFound
from app.insights import attention, gathering
from app.insights.attention import Cause, FailedQuiz, LateThing, Reason, Situation
from app.insights.gathering import Enrolled
from app.training import completion, due_dates, mastery
from app.training import gathering as progress
from app.training.completion import Deeds
from app.training.programme import Item, Programme
from app.training.today import figures
from app.training.words import named


@dataclass(frozen=True)
class Cell:
    """A figure of the table. `level` is its shade, 0 to 4; `is_stuck` when a quiz of the step failed twice."""

    percent: int | None
    is_stuck: bool

    @property
    def level(self) -> int:
        """Five shades of twenty points."""
        return min(4, (self.percent or 0) // 20)


@dataclass(frozen=True)
class RepRow:
    """A person's line: a cell a step, the overall figure, why they need attention, the plays known in an old text."""

    id: UUID
    name: str
    email: str
    team_names: tuple[str, ...]
    since: datetime
    days: int
    cells: tuple[Cell, ...]
    overall: int | None
    reasons: tuple[Reason, ...]
    late: int
    open_assignments: int
    last_at: datetime | None
    outdated: frozenset[str] = frozenset()

    @property
    def initials(self) -> str:
        """For the round badge."""
        words = self.name.split()
        return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()

    @property
    def has_not_started(self) -> bool:
        """Whether that is the first thing to say of them."""
        return bool(self.reasons) and self.reasons[0].cause is Cause.NOT_STARTED


@dataclass(frozen=True)
class TeamPage:
    """Everything on the page. `shown` is the team looked at, None for all of them together."""

    teams: tuple[TeamSummary, ...]
    shown: TeamSummary | None
    programme: Programme
    rows: tuple[RepRow, ...]

    @property
    def in_need(self) -> list[RepRow]:
        """Who needs attention, what presses most first."""
        return sorted((row for row in self.rows if row.reasons), key=lambda row: attention.pressing(row.reasons))

    @property
    def behind(self) -> list[RepRow]:
        """Who works from an outdated text of some play."""
        return [row for row in self.rows if row.outdated]

    @property
    def outdated_plays(self) -> list[tuple[Item, int]]:
        """The plays that somebody knows an outdated text of, with how many do; most people first."""
        counted = Counter(play for row in self.rows for play in row.outdated)
        plays = {play.id: play for step in self.programme.steps for play in step.plays}
        return [(plays[play_id], people) for play_id, people in counted.most_common()]

    @property
    def nobody_began(self) -> bool:
        """Whether no one has done anything yet."""
        return not any(row.last_at for row in self.rows)


def look(actor: Actor, asked: str = "") -> TeamPage:
    """The dashboard of one team (its id in `asked`), else of all the teams the actor leads.

    Raises Forbidden for who leads none by their role, NotFound for a team that is not theirs.
    """
    authorise(actor, Action.SEE_TEAMS)
    led = teams.teams_led_by(actor)
    shown = _chosen(actor, led, asked)
    members = teams.members_of([shown.id] if shown else [team.id for team in led])
    return TeamPage(tuple(led), shown, progress.programme(), _rows(members))


def _chosen(actor: Actor, led: Sequence[TeamSummary], asked: str) -> TeamSummary | None:
    if not asked:
        return led[0] if len(led) == 1 else None
    for team in led:
        if str(team.id) == asked:
            authorise(actor, Action.SEE_TEAM, team.id)
            return team
    raise NotFound(team=asked)


def _rows(members: Sequence[MemberRow]) -> tuple[RepRow, ...]:
    """One line a person, by name, even when they are in two of the teams."""
    by_person: dict[UUID, list[MemberRow]] = {}
    for member in members:
        by_person.setdefault(member.id, []).append(member)
    deeds, expected = progress.deeds_of(by_person), gathering.expected_of(by_person)
    last, programme = gathering.last_acts(by_person), progress.programme()
    return tuple(
        _row(places, programme, deeds[person], expected[person], last.get(person))
        for person, places in by_person.items()
    )


def _row(
    places: list[MemberRow],
    programme: Programme,
    deeds: Deeds,
    expected: Sequence[Enrolled],
    last_at: datetime | None,
) -> RepRow:
    member, now = places[0], clock.now()
    found = figures(programme, deeds)
    situation = _situation(member, programme, deeds, expected, last_at)
    reasons = attention.reasons(situation, now)
    stuck = {reason.quiz.step_id for reason in reasons if reason.quiz}
    return RepRow(
        id=member.id,
        name=member.name,
        email=member.email,
        team_names=tuple(place.team_name for place in places),
        since=member.since,
        days=max(0, (now - member.since).days),
        cells=tuple(Cell(found[step.id].percent, step.id in stuck) for step in programme.steps),
        overall=mastery.overall(found.values()),
        reasons=reasons,
        late=len(situation.late),
        open_assignments=len(_undone(programme, deeds, expected)),
        last_at=last_at,
        outdated=frozenset(play.id for step in programme.steps for play in step.plays if play.id in deeds.outdated),
    )


def _situation(
    member: MemberRow, programme: Programme, deeds: Deeds, expected: Sequence[Enrolled], last_at: datetime | None
) -> Situation:
    zone, now = languages.time_zone(), clock.now()
    late = []
    for each in _undone(programme, deeds, expected):
        due = due_dates.due(each.due_at, now, zone)
        if due.when is due_dates.When.LATE:
            late.append(LateThing(named(programme.targets[each.document_id]), due.days))
    items = [item.id for step in programme.steps for item in step.items]
    return Situation(member.since, last_at, late, failed_quizzes(programme, deeds), completion.of(items, deeds).is_done)


def _undone(programme: Programme, deeds: Deeds, expected: Sequence[Enrolled]) -> list[Enrolled]:
    """What is expected and not done, once a document: given twice, it counts from the first due date."""
    found: dict[str, Enrolled] = {}
    for each in expected:
        target = programme.target(each.document_id)
        if target and not completion.of(target.item_ids, deeds).is_done:
            found.setdefault(each.document_id, each)
    return list(found.values())


def failed_quizzes(programme: Programme, deeds: Deeds) -> list[FailedQuiz]:
    """The quizzes a person tried and has not passed."""
    return [
        FailedQuiz(quiz.title, step.id, step.order, standing.attempts, standing.best_percent)
        for step in programme.steps
        for quiz in step.quizzes
        if (standing := deeds.quizzes.get(quiz.id)) and standing.passed_at is None
    ]
