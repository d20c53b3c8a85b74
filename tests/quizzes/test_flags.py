"""What is flagged, from which figure on, and that nothing is below ten attempts."""

from fractions import Fraction

import pytest
from flask import Flask

from app.quizzes.statistics import flags
from app.quizzes.statistics.answer_counts import Counts, Tally
from app.quizzes.statistics.flag_words import told
from app.quizzes.statistics.flags import Flag, Kind
from app.quizzes.statistics.item_statistics import ItemStatistics, marks_of
from app.quizzes.statistics.quiz_statistics import QuizStatistics, Report, report

FINE = {
    **{"facility": 0.6, "sd": 0.49, "random_guess_score": 0.25, "intended_weight": 20.0},
    **{"effective_weight": 20.0, "discrimination_index": 45.0, "discriminative_efficiency": 50.0},
}


def kinds(attempts: int = 100, counts: Counts | None = None, **figures: float | None) -> list[Kind]:
    found = flags.of_question("q", ItemStatistics(**{**FINE, **figures}), attempts, counts)
    return [flag.kind for flag in found]


def options(*thirds: tuple[int, int, int], right: int = 0) -> Counts:
    tallies = tuple(Tally(place, Fraction(place == right), each) for place, each in enumerate(thirds))
    asked = (sum(each[0] for each in thirds), sum(each[1] for each in thirds), sum(each[2] for each in thirds))
    return Counts(asked, (0, 0, 0), tallies)


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({}, []),
        ({"discrimination_index": -1.0}, [Kind.GOOD_ONES_WRONG]),
        ({"discrimination_index": 0.0, "discriminative_efficiency": 0.0}, [Kind.TELLS_NOBODY_APART]),
        ({"discrimination_index": 19.0, "discriminative_efficiency": 14.0}, [Kind.TELLS_NOBODY_APART]),
        ({"discrimination_index": 19.0, "discriminative_efficiency": 15.0}, []),
        ({"discrimination_index": 20.0, "discriminative_efficiency": 10.0}, []),
        ({"facility": 0.95}, []),
        ({"facility": 0.96}, [Kind.TOO_EASY]),
        ({"facility": 0.96, "discrimination_index": 1.0, "discriminative_efficiency": 1.0}, [Kind.TOO_EASY]),
        ({"facility": 0.29}, [Kind.GUESSED]),
        ({"facility": 0.30}, []),
        ({"facility": 0.24, "random_guess_score": 0.0}, [Kind.TOO_HARD]),
        ({"facility": 0.24, "random_guess_score": None}, [Kind.TOO_HARD]),
        ({"effective_weight": 9.0}, [Kind.WEIGHT]),
        ({"effective_weight": 41.0}, [Kind.WEIGHT]),
        ({"effective_weight": None}, []),
    ],
)
def test_each_figure_has_its_threshold(figures: dict[str, float | None], expected: list[Kind]) -> None:
    assert kinds(**figures) == expected


def test_nothing_is_flagged_below_ten_attempts() -> None:
    assert kinds(9, discrimination_index=-90.0, facility=0.0) == []
    rows = [[0, 1], [1, 0], [1, 0]] * 3
    few = report(marks_of({"a": Fraction(1), "b": Fraction(1)}, rows))
    assert flags.of_report(few, {"a": 9, "b": 9}, {"a": options((3, 3, 3), (0, 0, 0))}) == []


def test_with_few_attempts_a_weak_figure_is_said_to_be_chance_perhaps() -> None:
    weak, strong = (
        next(iter(flags.of_question("q", ItemStatistics(**{**FINE, "discrimination_index": index}), 12)))
        for index in (-10.0, -60.0)
    )
    assert (weak.is_firm, strong.is_firm) == (False, True)


def test_options_that_nobody_picks_are_named_together() -> None:
    found = list(
        flags.of_question("q", ItemStatistics(**FINE), 30, options((9, 9, 9), (0, 0, 0), (1, 1, 1), (0, 0, 0)))
    )
    assert found == [Flag(Kind.UNPICKED, "q", 30, options=(1, 3))]


def test_a_right_option_that_nobody_picks() -> None:
    assert kinds(counts=options((0, 0, 0), (5, 5, 5), (5, 5, 1)))[0] is Kind.NOBODY_RIGHT


def test_a_wrong_option_that_the_upper_third_prefers() -> None:
    found = list(flags.of_question("q", ItemStatistics(**FINE), 30, options((5, 4, 3), (5, 6, 7))))
    assert found == [Flag(Kind.WRONG_PREFERRED, "q", 10, 7, 3, options=(1,))]
    assert kinds(counts=options((5, 4, 1), (5, 6, 2))) == []  # two people are no preference


def test_a_quiz_that_is_a_matter_of_luck() -> None:
    found = Report(40, {}, QuizStatistics(mean=1, alpha=63.9))
    assert [flag.kind for flag in flags.of_report(found, {}, {})] == [Kind.UNRELIABLE]
    assert flags.of_report(Report(40, {}, QuizStatistics(mean=1, alpha=64.0)), {}, {}) == []


def test_the_most_serious_comes_first_and_what_may_be_chance_last() -> None:
    figures = {
        "easy": ItemStatistics(**{**FINE, "facility": 0.99}),
        "maybe": ItemStatistics(**{**FINE, "discrimination_index": -1.0}),
        "bad": ItemStatistics(**{**FINE, "discrimination_index": -80.0}),
    }
    found = flags.of_report(Report(20, figures, QuizStatistics()), dict.fromkeys(figures, 20), {})
    assert [flag.key for flag in found] == ["bad", "easy", "maybe"]


def test_every_flag_has_words_with_how_many_attempts(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        for kind in Kind:
            words = told(Flag(kind, "q", 42, 0.5, 0.2, options=(1,)))
            assert "42 attempts" in words.why
            assert words.what
        assert told(Flag(Kind.GOOD_ONES_WRONG, "q", 42, -12)).what == "The good ones get this wrong: check the key"
        assert told(Flag(Kind.UNPICKED, "q", 42, options=(1,))).what == "Nobody picks B: replace it"
        assert told(Flag(Kind.UNPICKED, "q", 42, options=(1, 3))).what == "Nobody picks B or D: replace them"
        tempting = "Nobody answers “True”: word the question so that it tempts"
        assert told(Flag(Kind.UNPICKED, "q", 42, options=(True,))).what == tempting
        assert told(Flag(Kind.TOO_EASY, "q", 42, 1)).what.startswith("Everybody")
        assert told(Flag(Kind.TOO_EASY, "q", 42, 0.97)).what.startswith("Nearly everybody")
        assert "63.9%, where 64% is" in told(Flag(Kind.UNRELIABLE, None, 42, 63.97, 64)).why
        assert "may be chance" in told(Flag(Kind.GOOD_ONES_WRONG, "q", 12, -1, is_firm=False)).why
