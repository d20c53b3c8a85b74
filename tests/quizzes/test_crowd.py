"""500 people hand in the same quiz at once on SQLite, and the server is killed in the middle (bench/crowd.py)."""

from pathlib import Path

from bench import crowd


def test_when_the_server_is_killed_no_answer_is_lost_and_none_counted_twice(tmp_path: Path) -> None:
    outcome = crowd.gather(tmp_path, crowd.PEOPLE)
    assert outcome.differences == []
    assert outcome.lost  # requests were under way when it died, and were sent again
