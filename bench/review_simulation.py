"""What spaced review buys: the share of questions remembered on a random day of the year, by three ways of reviewing.

The learner is not FSRS's own: base-level activation of ACT-R whose decay depends on the activation at each practice, so
that practice soon after the last one is forgotten faster (Pavlik and Anderson 2005, “Practice and forgetting effects on
vocabulary memory: an activation-based model of the spacing effect”, Cognitive Science 29, 559–586):

    activation m = ln Σ tᵢ^-dᵢ,  decay dᵢ = c·e^(m at the practice) + a,  chance to recall = 1 / (1 + e^((τ − m) / s))
    time to recall = F·e^-m seconds

with c = 0.217, a = 0.177, s = 0.255, and seconds between sessions counting for 0.025. Their word pairs were learnt in
one sitting; a quiz comes after reading, so τ is lower here: on the day after, two questions in three are known on
average. τ differs between questions, by little, some or much (`DIFFICULTIES`). Whatever the answer, the correction
follows and counts as practice. Nobody reviews at week-ends: what is due then is asked on Monday.

All three ask the same learner the same questions. The ladder asks each 15 times a year; FSRS (our `scheduling` with our
`rating` rules) asks as often, its target retention being searched for until it does.
`python -m bench.review_simulation` prints the table.
"""

import math
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from statistics import mean, stdev

from app.practice import rating, scheduling
from app.practice.scheduling import Memory
from bench.figures import Figure, at_least

DECAY_SCALE, DECAY_INTERCEPT, NOISE, BETWEEN_SESSIONS = 0.217, 0.177, 0.255, 0.025
LATENCY_SECONDS, LATENCY_NOISE, READING_SECONDS, WORDS = 2.0, 0.3, 6.0, 24
THRESHOLD = -1.55
DIFFICULTIES = {"alike": 0.2, "different": 0.35, "very different": 0.6}
DAY_SECONDS = 86_400 * BETWEEN_SESSIONS
DAYS = 365
SAMPLED_EVERY = 3
LADDER = (1, 3, 7, 14, 30)
RIGHT_IN_QUIZ = 0.8  # taken right after reading
START = datetime(2026, 1, 5, 8, tzinfo=UTC)  # a Monday
SEEDS = (1, 2, 3, 4, 5)
QUESTIONS = 100
CLOSE_ENOUGH = 0.02  # of the number of reviews
DEFAULT_RETENTION = 90.0


class Question:
    """What a learner remembers of one question."""

    def __init__(self, threshold: float) -> None:
        self.threshold = threshold
        self._practised: list[tuple[float, float]] = []  # day, decay

    def activation(self, day: float) -> float:
        """How strongly it comes to mind on a day."""
        strengths = [((day - at) * DAY_SECONDS) ** -decay for at, decay in self._practised if at < day]
        return math.log(sum(strengths)) if strengths else -math.inf

    def chance(self, day: float) -> float:
        """The chance, from 0 to 1, to recall it on a day."""
        return 1 / (1 + math.exp(min(700.0, (self.threshold - self.activation(day)) / NOISE)))

    def practise(self, day: float) -> None:
        """Answer it and read the correction."""
        self._practised.append((day, DECAY_SCALE * math.exp(self.activation(day)) + DECAY_INTERCEPT))


@dataclass(frozen=True)
class Year:
    """A year of one learner: reviews a question, and the share remembered on a random day."""

    reviews: float
    remembered: float


@dataclass(frozen=True)
class Answer:
    """An answer on a day: whether it was right, and how long it took; None in the quiz."""

    day: int
    right: bool
    took: timedelta | None = None


# The next day to ask after an answer; None for never.
Schedule = Callable[[Answer], int | None]


def ladder() -> Schedule:
    """One, three, seven, fourteen and thirty days after the one before, then every thirty days, whatever the answer."""
    rungs = iter(LADDER)
    return lambda answer: answer.day + next(rungs, LADDER[-1])


def fsrs(retention: float) -> Schedule:
    """Our own scheduling, by our own rating of the answer."""
    memory: Memory | None = None
    expected = rating.expected_time(WORDS, things=1)

    def next_day(answer: Answer) -> int:
        nonlocal memory
        at = START + timedelta(days=answer.day)
        rated = rating.deduce(Fraction(answer.right), took=answer.took, expected=expected)
        memory, due_at = scheduling.rate(memory, rated, at, retention)
        return answer.day + (due_at - at).days

    return next_day


def once() -> Schedule:
    """A quiz at onboarding, and nothing after it."""
    return lambda _answer: None


def live(
    schedule: Callable[[], Schedule], seed: int, difficulty: float, questions: int = QUESTIONS, days: int = DAYS
) -> Year:
    """One learner's year: everything is met in a quiz on day 0, then asked when its schedule says."""
    thresholds = random.Random(seed)
    reviews, remembered = 0, []
    for number in range(questions):
        # The same questions and the same luck under each schedule.
        chance, question, rule = (
            random.Random(f"{seed} {number}"),
            Question(thresholds.gauss(THRESHOLD, difficulty)),
            schedule(),
        )
        question.practise(0)
        due = rule(Answer(0, chance.random() < RIGHT_IN_QUIZ))
        for day in range(1, days + 1):
            is_due = due is not None and due <= day and day % 7 < 5
            known = question.chance(day) if is_due or day % SAMPLED_EVERY == 0 else 0.0
            if day % SAMPLED_EVERY == 0:
                remembered.append(known)
            if is_due:
                reviews += 1
                due = rule(Answer(day, chance.random() < known, _took(question.activation(day), chance)))
                question.practise(day)
    return Year(reviews / questions, mean(remembered))


def as_often(
    target: float, seed: int, difficulty: float, questions: int = QUESTIONS, days: int = DAYS
) -> tuple[float, Year]:
    """FSRS's retention, in percent, and its year, with about so many reviews a question."""
    low, high = 60.0, 99.9
    for _ in range(12):
        retention = (low + high) / 2
        year = live(lambda aim=retention: fsrs(aim), seed, difficulty, questions, days)  # type: ignore[misc]
        if abs(year.reviews - target) <= target * CLOSE_ENOUGH:
            break
        low, high = (retention, high) if year.reviews < target else (low, retention)
    return retention, year


@dataclass(frozen=True)
class Compared:
    """One learner under each way; `default` is FSRS at the retention that Palier comes with."""

    once: Year
    ladder: Year
    fsrs: Year
    default: Year
    retention: float


def compare(seed: int, difficulty: float, questions: int = QUESTIONS, days: int = DAYS) -> Compared:
    """A learner's year, four times over."""
    by_ladder = live(ladder, seed, difficulty, questions, days)
    retention, by_fsrs = as_often(by_ladder.reviews, seed, difficulty, questions, days)
    default = live(lambda: fsrs(DEFAULT_RETENTION), seed, difficulty, questions, days)
    return Compared(live(once, seed, difficulty, questions, days), by_ladder, by_fsrs, default, retention)


def review_remembered() -> Figure:
    """For the bench: what FSRS keeps, against the ladder with as many reviews, where questions differ as they do."""
    years = [compare(seed, DIFFICULTIES["different"]) for seed in SEEDS]
    ours, theirs = (mean(getattr(each, name).remembered for each in years) for name in ("fsrs", "ladder"))
    return at_least("review_remembered", ours * 100, "percent", theirs * 100, 1.0)


def _took(activation: float, chance: random.Random) -> timedelta:
    seconds = LATENCY_SECONDS * math.exp(-activation + chance.gauss(0, LATENCY_NOISE))
    return timedelta(seconds=READING_SECONDS + min(seconds, 120.0))


def _spread(values: Iterable[float], scale: float = 100) -> str:
    found = [value * scale for value in values]
    return f"{mean(found):6.1f} ± {stdev(found):.1f}"


def main() -> None:
    """The table: mean and standard deviation over the seeds."""
    print(f"{'questions':16}{'way':22}{'reviews a question':>20}{'remembered, %':>16}{'retention, %':>16}")
    for words, difficulty in DIFFICULTIES.items():
        years = [compare(seed, difficulty) for seed in SEEDS]
        for name, way in (
            ("once", "quiz at onboarding"),
            ("ladder", "ladder"),
            ("fsrs", "FSRS, as often"),
            ("default", "FSRS, as it comes"),
        ):
            found: list[Year] = [getattr(each, name) for each in years]
            aim = {"fsrs": _spread((each.retention for each in years), 1), "default": f"{DEFAULT_RETENTION:.0f}"}
            reviews, remembered = (
                _spread((getattr(each, part) for each in found), scale)
                for part, scale in (("reviews", 1), ("remembered", 100))
            )
            print(f"{words:16}{way:22}{reviews:>20}{remembered:>16}{aim.get(name, ''):>16}")


if __name__ == "__main__":
    main()
