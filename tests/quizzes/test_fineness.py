"""Marks are exact and are kept as written fractions: credits that would make them too long are told to their author."""

from fractions import Fraction
from pathlib import Path

import pytest
from flask import Flask

from app.quizzes.attempting import attempt_rows
from tests.library_factories import sync_library, write_quiz, write_step
from tests.quizzes.conftest import Room

PRIMES = (9973, 9967, 9949, 9941, 9931, 9929)


def single(number: int, credit: str) -> dict[str, object]:
    return {
        "key": f"q{number}",
        "type": "single",
        "title": f"Question {number}",
        "text": f"Question {number}",
        "read_again": "step:prendre-contact",
        "options": [
            {"text": "Oui", "right": True, "feedback": "Oui."},
            {"text": "Presque", "feedback": "Presque.", "credit": credit},
        ],
    }


def test_credits_without_a_common_fraction_are_told(app: Flask, library_files: Path) -> None:
    write_step(library_files)
    write_quiz(library_files, questions=[single(n, f"1/{prime}") for n, prime in enumerate(PRIMES)])
    (problem,) = [each for each in sync_library(app).problems if each.path.startswith("quizzes/")]
    assert problem.what.startswith("the credits up to the question “q3”")


@pytest.mark.parametrize("cost", [25, 33])
def test_credits_that_authors_use_are_kept_exactly(room: Room, cost: int) -> None:
    credits = ["1/3", "1/7", "0.9", "1/20", "1/6", "0.333333333"]
    asked = [single(n, credit) for n, credit in enumerate(credits)]
    asked[0]["hints"] = ["Un indice."]
    room.publish(questions=asked, hint_cost=cost)
    attempt = attempt_rows.find(room.take({f"q{n}": ["1"] for n in range(len(credits))}))
    assert attempt is not None
    assert attempt.mark == sum(map(Fraction, credits))
