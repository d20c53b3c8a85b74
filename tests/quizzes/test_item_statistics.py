"""The figures of questions and quizzes, against sums done by hand and against a second, plain computation."""

import json
import math
import statistics
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.quizzes.documents import QuizFacts
from app.quizzes.formats import marks_table
from app.quizzes.statistics import item_statistics, quiz_statistics
from app.quizzes.statistics.item_statistics import ItemStatistics
from app.quizzes.statistics.quiz_statistics import QuizStatistics, Report
from tests.library_factories import questions

CLOSE = {"rel": 1e-9, "abs": 1e-9}


def report(maxima: dict[str, float], rows: list[list[float]]) -> Report:
    exact = {key: Fraction(value) for key, value in maxima.items()}
    return quiz_statistics.report(item_statistics.marks_of(exact, rows))


# Ten people; a is answered by the better half, b by everybody but the last, c is worth two and half the marks are 1.
TEN = [[1, 1, 2], [1, 1, 2], [1, 1, 1], [1, 1, 1], [1, 1, 1], [0, 1, 1], [0, 1, 0], [0, 1, 0], [0, 1, 0], [0, 0, 2]]
OF_TEN = {"a": 1, "b": 1, "c": 2}


def test_figures_that_were_done_by_hand() -> None:
    """Sums 4 4 3 3 3 2 1 1 1 2: mean 2.4, Σd² = 12.4, Σd³ = 0.672·… (below); a: Σ = 5, Σd² = 2.5; b: Σ = 9, Σd² = 0.9;
    c: Σ = 10, Σd² = 6. Σ d(a)·d(T) = 17 − 5·2.4 = 5; b: 22 − 9·2.4 = 0.4; c: 31 − 10·2.4 = 7."""
    found = report(OF_TEN, [[float(mark) for mark in row] for row in TEN])
    a, b, c = (found.questions[key] for key in "abc")
    assert [a.facility, b.facility, c.facility] == [0.5, 0.9, 0.5]
    assert [a.sd, b.sd, c.sd] == pytest.approx([math.sqrt(2.5 / 9), math.sqrt(0.1), math.sqrt(6 / 9)])
    assert [a.intended_weight, b.intended_weight, c.intended_weight] == [25, 25, 50]
    roots = [math.sqrt(5), math.sqrt(0.4), math.sqrt(7)]
    assert [a.effective_weight, b.effective_weight, c.effective_weight] == pytest.approx(
        [100 * root / sum(roots) for root in roots]
    )
    # With the rest: a 5 − 2.5 = 2.5; b 0.4 − 0.9 = −0.5; c 7 − 6 = 1. Spread of the rest: T² − 2·xT + x².
    assert a.discrimination_index == pytest.approx(100 * 2.5 / math.sqrt(2.5 * (12.4 - 10 + 2.5)))
    assert b.discrimination_index == pytest.approx(100 * -0.5 / math.sqrt(0.9 * (12.4 - 0.8 + 0.9)))
    assert c.discrimination_index == pytest.approx(100 * 1 / math.sqrt(6 * (12.4 - 14 + 6)))
    # a sorted 0×5 1×5 against its rests 3 3 2 2 2 2 1 1 1 2 sorted 1 1 1 2 2 2 2 2 3 3: 12 − 5·1.9 = 2.5.
    assert a.discriminative_efficiency == pytest.approx(100)
    quiz = found.quiz
    assert (quiz.mean, quiz.median) == (2.4, 2.5)
    assert quiz.sd == pytest.approx(math.sqrt(12.4 / 9))
    alpha = 100 * 3 / 2 * (1 - (2.5 + 0.9 + 6) / 12.4)
    assert quiz.alpha == pytest.approx(alpha)
    assert quiz.error_ratio == pytest.approx(100 * math.sqrt(1 - alpha / 100))
    assert quiz.standard_error == pytest.approx(math.sqrt(1 - alpha / 100) * math.sqrt(12.4 / 9))


def test_skewness_and_kurtosis_of_a_tail() -> None:
    """Nine people have 0 and one has 1: d = −0.1 nine times and 0.9. m₂ = 0.09, m₃ = 0.072, m₄ = 0.0657; so k₂ = 0.1,
    k₃ = 100·0.072/72 = 0.1, k₄ = 100·(11·0.0657 − 27·0.0081)/504 = 0.1."""
    quiz = report({"a": 1}, [[0]] * 9 + [[1]]).quiz
    assert quiz.skewness == pytest.approx(0.1 / 0.1**1.5)
    assert quiz.kurtosis == pytest.approx(10)


def test_below_ten_attempts_there_is_no_figure() -> None:
    found = report(OF_TEN, [[float(mark) for mark in row] for row in TEN[:9]])
    assert found.attempts == 9
    assert set(found.questions.values()) == {ItemStatistics()}
    assert found.quiz == QuizStatistics()


def test_what_is_undefined_is_none() -> None:
    same = report({"a": 1, "b": 1}, [[1, 0]] * 10)
    assert same.questions["a"] == ItemStatistics(facility=1, sd=0, intended_weight=50)
    assert same.quiz == QuizStatistics(mean=1, median=1, sd=0)
    alone = report({"a": 1}, [[0], [1]] * 5)
    assert (alone.quiz.alpha, alone.quiz.error_ratio, alone.quiz.standard_error) == (None, None, None)
    assert alone.questions["a"].discrimination_index is None
    assert alone.questions["a"].effective_weight == 100


def test_a_question_that_the_good_ones_get_wrong_has_no_effective_weight() -> None:
    rows = [[0, 4], [0, 4], [0, 3], [0, 3], [0, 3], [1, 1], [1, 1], [1, 0], [1, 0], [1, 0]]
    found = report({"bad": 1, "good": 4}, [[float(mark) for mark in row] for row in rows])
    assert found.questions["bad"].effective_weight is None
    assert found.questions["good"].effective_weight == 100
    assert (found.questions["bad"].discrimination_index or 0) < -80


def test_an_item_without_a_mark_changes_nothing_for_the_others() -> None:
    rows = [[float(mark) for mark in row] for row in TEN]
    without, beside = report(OF_TEN, rows), report({**OF_TEN, "text": 0}, [[*row, 0] for row in rows])
    assert {key: beside.questions[key] for key in OF_TEN} == without.questions
    assert beside.quiz == without.quiz
    assert beside.questions["text"] == ItemStatistics(facility=None, sd=0, intended_weight=0, effective_weight=0)


def test_random_guesses_by_type() -> None:
    facts = QuizFacts.model_validate({"id": "q", "title": "Q", "step": "s", "pass_mark": 80, "questions": questions()})
    guesses = {each.type: item_statistics.random_guess_score(each) for each in facts.questions}
    assert guesses == {
        "single": Fraction(1, 2),
        "multiple": None,
        "true_false": Fraction(1, 2),
        "numeric": 0,
        "short_answer": 0,
    }


def covariance(one: list[float], other: list[float]) -> float:
    mean, mean_of_other = statistics.fmean(one), statistics.fmean(other)
    return math.fsum((a - mean) * (b - mean_of_other) for a, b in zip(one, other, strict=True)) / (len(one) - 1)


def plainly(maxima: dict[str, float], rows: list[list[float]]) -> dict[str, dict[str, float | None]]:
    """The definitions once more, number by number."""
    totals = [math.fsum(row) for row in rows]
    columns = dict(zip(maxima, (list(column) for column in zip(*rows, strict=True)), strict=True))
    with_total = {key: covariance(column, totals) for key, column in columns.items()}
    whole = math.fsum(math.sqrt(max(0.0, each)) for each in with_total.values())
    out: dict[str, dict[str, float | None]] = {}
    for key, column in columns.items():
        rest = [total - mark for total, mark in zip(totals, column, strict=True)]
        spread = covariance(column, column) * covariance(rest, rest)
        greatest = covariance(sorted(column), sorted(rest))
        out[key] = {
            "facility": statistics.fmean(column) / maxima[key],
            "sd": statistics.stdev(column),
            "discrimination_index": 100 * covariance(column, rest) / math.sqrt(spread) if spread > 1e-12 else None,
            "discriminative_efficiency": 100 * covariance(column, rest) / greatest if greatest > 1e-12 else None,
            "effective_weight": 100 * math.sqrt(max(0.0, with_total[key])) / whole if whole > 1e-9 else None,
        }
    return out


MARKS = st.integers(2, 5).flatmap(
    lambda width: st.lists(
        st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0, 2.0]), min_size=width, max_size=width), min_size=10, max_size=30
    )
)


@given(MARKS)
@settings(max_examples=100, deadline=None)
def test_a_second_computation_finds_the_same_of_each_question(rows: list[list[float]]) -> None:
    maxima = {f"q{place}": 2.0 for place in range(len(rows[0]))}
    found = report(maxima, rows)
    for key, expected in plainly(maxima, rows).items():
        for name, value in expected.items():
            got = getattr(found.questions[key], name)
            if got is None and name == "effective_weight":
                continue  # a covariance below 0, which the plain sums cut off at 0
            # A weight is a root, which makes much of what the plain sums lose: theirs are good to a few places.
            within = {"rel": 1e-6, "abs": 1e-5} if name == "effective_weight" else CLOSE
            assert got == (None if value is None else pytest.approx(value, **within)), name


@given(MARKS)
@settings(max_examples=100, deadline=None)
def test_a_second_computation_finds_the_same_of_the_quiz(rows: list[list[float]]) -> None:
    quiz = report({f"q{place}": 2.0 for place in range(len(rows[0]))}, rows).quiz
    totals = [math.fsum(row) for row in rows]
    size, mean = len(totals), statistics.fmean(totals)
    assert (quiz.mean, quiz.median) == pytest.approx((mean, statistics.median(totals)))
    k2 = statistics.variance(totals)
    assert quiz.sd == pytest.approx(math.sqrt(k2), **CLOSE)
    if k2 < 1e-12:
        assert (quiz.skewness, quiz.kurtosis, quiz.alpha) == (None, None, None)
        return
    m2, m3, m4 = (math.fsum((total - mean) ** power for total in totals) / size for power in (2, 3, 4))
    k3 = size**2 * m3 / ((size - 1) * (size - 2))
    k4 = size**2 * ((size + 1) * m4 - 3 * (size - 1) * m2**2) / ((size - 1) * (size - 2) * (size - 3))
    assert quiz.skewness == pytest.approx(k3 / k2**1.5, rel=1e-7, abs=1e-7)
    assert quiz.kurtosis == pytest.approx(k4 / k2**2, rel=1e-7, abs=1e-7)
    count = len(rows[0])
    parts = math.fsum(statistics.variance(column) for column in zip(*rows, strict=True))
    assert quiz.alpha == pytest.approx(100 * count / (count - 1) * (1 - parts / k2), rel=1e-7, abs=1e-7)


@given(MARKS, st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_neither_the_order_of_people_nor_the_size_of_a_mark_matters(rows: list[list[float]], random: object) -> None:
    maxima = {f"q{place}": 2.0 for place in range(len(rows[0]))}
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert report(maxima, shuffled) == report(maxima, rows)
    tripled = report(dict.fromkeys(maxima, 6.0), [[3 * mark for mark in row] for row in rows])
    for key, each in report(maxima, rows).questions.items():
        other = tripled.questions[key]
        assert (other.facility, other.discrimination_index) == pytest.approx((each.facility, each.discrimination_index))


@pytest.mark.parametrize(
    ("text", "maxima", "rows"),
    [
        ("a:1,b:2\n1,2\n0,1.5\n", {"a": 1, "b": 2}, [[1, 2], [0, Fraction(3, 2)]]),
        ("a:1;b:2,5\n1;2,5\n\n;1,25\n", {"a": 1, "b": Fraction(5, 2)}, [[1, Fraction(5, 2)], [0, Fraction(5, 4)]]),
        ("prix:net:1,text:0\r\n-0.5,\r\n", {"prix:net": 1, "text": 0}, [[Fraction(-1, 2), 0]]),
        ('"a:1","b:1"\n"0,5",1\n', {"a": 1, "b": 1}, [[Fraction(1, 2), 1]]),
    ],
)
def test_marks_in_either_notation_empty_cells_and_rows(text: str, maxima: object, rows: object) -> None:
    table = marks_table.read(text.encode())
    assert table.reading.problems == []
    assert (table.maxima, table.rows) == (maxima, rows)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("", 1, "an empty file"),
        ("a,b\n1,1\n", 1, "the heading “a”, expected key:maximum"),
        ("a:1,a:1\n1,1\n", 1, "the same question in two columns"),
        ("a:-1\n1\n", 1, "the heading “a:-1”"),
        ("a:1\n2\n", 2, "the mark 2 is beyond the maximum 1"),
        ("a:1\n1\nx\n", 3, "“x”, expected a mark"),
        ("a:1\n1,1\n", 2, "2 cells, expected 1 as in the first line"),
        ("a:0\n1\n", 2, "the mark 1 is beyond the maximum 0"),
        ('a:1\n"1\n', 2, "not readable as CSV"),
        ("a:1\nnan\n", 2, "“nan”, expected a mark"),
    ],
)
def test_what_is_wrong_with_marks_is_said_with_its_line(text: str, line: int, what: str) -> None:
    found = marks_table.read(text.encode()).reading.problems
    assert found[0].line == line
    assert found[0].what.startswith(what)


def test_the_report_is_one_json_document(tmp_path: Path) -> None:
    found = report(OF_TEN, [[float(mark) for mark in row] for row in TEN])
    document = json.loads(json.dumps(quiz_statistics.as_json(found)))
    assert list(document) == ["attempts", "questions", "quiz"]
    assert set(document["questions"]["a"]) == {
        "facility",
        "sd",
        "random_guess_score",
        "intended_weight",
        "effective_weight",
        "discrimination_index",
        "discriminative_efficiency",
    }
    assert set(document["quiz"]) == {
        "mean",
        "median",
        "sd",
        "skewness",
        "kurtosis",
        "alpha",
        "error_ratio",
        "standard_error",
    }
