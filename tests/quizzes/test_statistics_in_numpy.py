"""The figures of questions and quizzes once more, with NumPy: of marks that all were asked, and of drawn ones."""

import math
import random
from dataclasses import replace
from fractions import Fraction

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.quizzes.statistics import quiz_statistics
from app.quizzes.statistics.marks import Marks, Place, marks_of
from app.quizzes.statistics.pair_sums import Together, sums_of
from app.quizzes.statistics.quiz_statistics import QuizStatistics

CLOSE = {"rel": 1e-9, "abs": 1e-9}


def drawn_rows(chance: random.Random, attempts: int, questions: int) -> list[list[Fraction]]:
    shares = [Fraction(0), Fraction(1, 3), Fraction(1, 2), Fraction(1), Fraction(-1, 4)]
    return [[chance.choice(shares) for _ in range(questions)] for _ in range(attempts)]


@given(st.integers(10, 60), st.integers(2, 8), st.integers(0, 10**6))
@settings(max_examples=60, deadline=None)
def test_every_figure_is_numpys(attempts: int, questions: int, seed: int) -> None:
    rows = drawn_rows(random.Random(seed), attempts, questions)
    found = quiz_statistics.report(marks_of({f"q{number}": Fraction(1) for number in range(questions)}, rows))
    matrix = numpy.array([[float(mark) for mark in row] for row in rows])
    totals = matrix.sum(axis=1)
    with_totals = [numpy.cov(column, totals)[0, 1] for column in matrix.T]
    roots = sum(math.sqrt(each) for each in with_totals if each >= 0)
    for number, column in enumerate(matrix.T):
        figures, rest = found.questions[f"q{number}"], totals - column
        assert figures.facility == pytest.approx(column.mean(), **CLOSE)
        assert figures.sd == pytest.approx(column.std(ddof=1), **CLOSE)
        if column.std() > 1e-9 and rest.std() > 1e-9:
            assert figures.discrimination_index == pytest.approx(100 * numpy.corrcoef(column, rest)[0, 1], **CLOSE)
            greatest = numpy.cov(numpy.sort(column), numpy.sort(rest))[0, 1]
            efficiency = 100 * numpy.cov(column, rest)[0, 1] / greatest
            assert figures.discriminative_efficiency == pytest.approx(efficiency, **CLOSE)
        if with_totals[number] > 1e-9 and figures.effective_weight is not None:
            weight = 100 * math.sqrt(with_totals[number]) / roots
            assert figures.effective_weight == pytest.approx(weight, rel=1e-5)
    if totals.std() > 1e-9:
        alpha = questions / (questions - 1) * (1 - matrix.var(axis=0, ddof=1).sum() / totals.var(ddof=1))
        assert found.quiz.alpha == pytest.approx(100 * alpha, rel=1e-7, abs=1e-7)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4)), min_size=1, max_size=60))
def test_counting_by_runs_and_by_pairs_gives_the_same_sums(pairs: list[tuple[int, int]]) -> None:
    column, totals = [mark for mark, _ in pairs] * 20, [mark + rest for mark, rest in pairs] * 20
    by_runs = sums_of(column, Together(totals))
    # Marks that fit into no byte are counted by pairs: 1,000 more each, which changes no spread.
    by_pairs = sums_of([mark + 1000 for mark in column], Together([total + 1000 for total in totals]))
    assert by_runs == replace(by_pairs, total=by_pairs.total - 1000 * len(column))


def drawn_quiz(
    seed: int, wholes: frozenset[Fraction] = frozenset({Fraction(3)})
) -> tuple[Marks, dict[str, list[float]]]:
    """Forty attempts: all are asked `own`, and two of four others that are drawn."""
    chance = random.Random(seed)
    names = ["b/w", "b/x", "b/y", "b/z"]
    cells: dict[str, dict[int, int]] = {name: {} for name in ["own", *names]}
    drawn = []
    for row in range(40):
        keys = chance.sample(names, 2)
        drawn.append(keys)
        for key in ["own", *keys]:
            cells[key][row] = chance.choice([0, 2])
    totals = [sum(cells[key][row] for key in ["own", *keys]) for row, keys in enumerate(drawn)]
    places = [Place(Fraction(1), [cells[keys[place]][row] for row, keys in enumerate(drawn)]) for place in (0, 1)]
    found = Marks(
        dict.fromkeys(cells, Fraction(1)),
        {key: [column[row] for row in sorted(column)] for key, column in cells.items()},
        totals,
        2,
        asked={key: sorted(cells[key]) for key in names},
        places=places,
        wholes=wholes,
    )
    plain = {
        "totals": [total / 2 for total in totals],
        "own": [mark / 2 for mark in found.columns["own"]],
        **{f"place {number}": [mark / 2 for mark in place.column] for number, place in enumerate(places)},
    }
    return found, plain


def test_a_drawn_question_counts_over_the_attempts_that_were_asked_it() -> None:
    marks, plain = drawn_quiz(5)
    found = quiz_statistics.report(marks).questions
    for key, rows in marks.asked.items():
        column = numpy.array(marks.columns[key]) / 2
        rest = numpy.array([plain["totals"][row] for row in rows]) - column
        assert found[key].facility == pytest.approx(column.mean())
        assert found[key].discrimination_index == pytest.approx(100 * numpy.corrcoef(column, rest)[0, 1])
        assert found[key].intended_weight == pytest.approx(100 / 3)
        assert found[key].effective_weight is None  # it is about the spread of all sums
    assert found["own"].effective_weight is not None


def test_a_quiz_that_draws_is_as_consistent_as_its_places_are() -> None:
    marks, plain = drawn_quiz(6)
    parts = [numpy.var(plain[name], ddof=1) for name in ("own", "place 0", "place 1")]
    alpha = 100 * 3 / 2 * (1 - sum(parts) / numpy.var(plain["totals"], ddof=1))
    assert quiz_statistics.report(marks).quiz.alpha == pytest.approx(alpha)


def test_attempts_that_are_worth_different_sums_are_not_compared_by_them() -> None:
    marks, _plain = drawn_quiz(7, frozenset({Fraction(3), Fraction(4)}))
    found = quiz_statistics.report(marks)
    assert found.quiz == QuizStatistics()
    assert found.questions["own"].facility is not None
    assert found.questions["own"].discrimination_index is None
    assert found.questions["own"].intended_weight is None


def test_a_question_that_too_few_were_asked_has_no_figure() -> None:
    marks, _plain = drawn_quiz(8)
    few = replace(
        marks,
        columns={**marks.columns, "b/w": marks.columns["b/w"][:9]},
        asked={**marks.asked, "b/w": marks.asked["b/w"][:9]},
    )
    found = quiz_statistics.report(few).questions
    assert found["b/w"].facility is None
    assert found["b/x"].facility is not None
