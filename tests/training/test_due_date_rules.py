"""Due dates: the end of a chosen day, how late, what counts first."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from app.training import due_dates
from app.training.due_dates import When

PARIS, TOKYO, NEW_YORK = ZoneInfo("Europe/Paris"), ZoneInfo("Asia/Tokyo"), ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)  # a Monday
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
ZONES = st.sampled_from([PARIS, TOKYO, NEW_YORK, ZoneInfo("Pacific/Kiritimati"), ZoneInfo("America/St_Johns")])


def _due(day: date, now: datetime = NOW, zone: ZoneInfo = PARIS) -> tuple[When, int]:
    found = due_dates.due(due_dates.end_of_day(day, PARIS), now, zone)
    return found.when, found.days


def test_a_day_ends_where_it_was_chosen() -> None:
    assert due_dates.end_of_day(date(2026, 11, 23), PARIS).astimezone(UTC) == datetime(
        2026, 11, 23, 22, 59, 59, tzinfo=UTC
    )


def test_the_day_itself_is_not_late() -> None:
    assert _due(date(2026, 11, 23)) == (When.TODAY, 0)


def test_the_days_that_follow_have_their_words() -> None:
    assert _due(date(2026, 11, 24)) == (When.TOMORROW, 1)
    assert _due(date(2026, 11, 27)) == (When.THIS_WEEK, 4)
    assert _due(date(2026, 11, 30)) == (When.LATER, 7)


def test_late_counts_calendar_days() -> None:
    assert _due(date(2026, 11, 22)) == (When.LATE, 1)
    assert _due(date(2026, 11, 13)) == (When.LATE, 10)


def test_what_ended_an_hour_ago_elsewhere_is_late_since_today() -> None:
    nine_in_tokyo = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
    assert _due(date(2026, 11, 22), nine_in_tokyo, TOKYO) == (When.LATE, 0)


def test_a_past_day_and_one_beyond_two_years_are_refused() -> None:
    def accepts(day: date) -> bool:
        return due_dates.is_acceptable(day, NOW, PARIS)

    assert accepts(date(2026, 11, 23))
    assert not accepts(date(2026, 11, 22))
    assert not accepts(date(2029, 1, 1))
    assert not accepts(date.max)


def test_what_is_done_after_the_end_is_late_by_a_day_at_least() -> None:
    due_at = due_dates.end_of_day(date(2026, 11, 20), PARIS)
    assert due_dates.days_late(due_at, due_at, PARIS) == 0
    assert due_dates.days_late(due_at, due_at + timedelta(seconds=1), PARIS) == 1
    assert due_dates.days_late(due_at, due_at + timedelta(days=3), PARIS) == 3


def test_the_oldest_counts_first_then_the_lower_step_then_reading() -> None:
    early, late = NOW, NOW + timedelta(days=1)
    given_ = [(late, 1, False, "a"), (early, 2, True, "b"), (early, 2, False, "c"), (early, 1, True, "d")]
    assert [each[3] for each in sorted(due_dates.urgency(*each) for each in given_)] == ["d", "c", "b", "a"]


@given(DAYS, ZONES)
def test_a_day_is_due_today_until_its_end_and_late_after(day: date, zone: ZoneInfo) -> None:
    end = due_dates.end_of_day(day, zone)
    assert due_dates.due(end, end, zone).when is When.TODAY
    assert due_dates.due(end, end + timedelta(seconds=1), zone) == due_dates.Due(When.LATE, day, 1)


@given(DAYS, ZONES, ZONES, st.integers(-40, 40))
def test_lateness_agrees_with_the_clock_in_any_zone(day: date, chosen: ZoneInfo, read: ZoneInfo, hours: int) -> None:
    end = due_dates.end_of_day(day, chosen)
    now = end + timedelta(hours=hours)
    assert (due_dates.due(end, now, read).when is When.LATE) == (now > end)
    assert due_dates.due(end, now, read).days >= 0
