"""Who did what in the demonstration, by place in the programme: pure data, in the order of accounts/demo.py's reps."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Study:
    """One step of one rep: how many of its plays they read, the results they aim at in its quiz, one try after another.

    `begins_quiz` is the number of questions answered in a try that was not handed in.
    """

    days_ago: int
    plays: int = 99
    quizzes: tuple[int, ...] = ()
    begins_quiz: int = 0


@dataclass(frozen=True)
class Rep:
    """What a rep did, step by step from the lowest, and the scripts they keep at hand."""

    studies: tuple[Study, ...] = ()
    pins: tuple[str, ...] = ()


@dataclass(frozen=True)
class Given:
    """An assignment of a step, or of its quiz alone. `step` counts from 0.

    `reps` are places in REPS; nobody named is the whole team.
    """

    step: int
    quiz_only: bool
    days_ago: int
    due_in: int
    reps: tuple[int, ...] = ()
    note: str = ""
    by_lyon: bool = True


NADIA = Rep(
    (
        *(Study(14, 99, (70, 92)), Study(12, 99, (83,)), Study(8, 99, (84,))),
        *(Study(4, 2, (), 4), Study(1, 1)),
    ),
    ("trop-cher", "envoyez-moi-une-documentation", "en-parler-a-mon-associe"),
)
ANTOINE = Rep(
    (Study(28, 99, (92,)), Study(21, 2, (67, 84)), Study(13, 99, (84,)), Study(3, 2, (50, 59))), ("pas-le-temps",)
)
BINTOU = Rep(
    (
        *(Study(58, 99, (100,)), Study(49, 99, (92,)), Study(40, 99, (84, 92)), Study(31, 99, (84,))),
        *(Study(20, 99, (75, 84)), Study(10, 2, (67,)), Study(1, 1)),
    ),
    ("trop-cher", "laissez-moi-reflechir"),
)
CAMILLE = Rep(
    tuple(
        Study(days, 99, (percent,))
        for days, percent in ((190, 100), (160, 92), (120, 100), (90, 92), (60, 92), (30, 84), (5, 92))
    ),
    ("sous-contrat",),
)
DAVID = Rep()
ELISE = Rep((Study(110, 99, (92,)), Study(80, 99, (84,)), Study(50, 99, (84,)), Study(20, 99, (84,)), Study(2, 1)))
FABIEN = Rep((Study(40, 99, (84,)), Study(25, 99, (92,)), Study(3, 1)))
INES = Rep((Study(12, 99, (84,)), Study(9, 1)))
LUCAS = Rep(
    tuple(
        Study(days, 99, (percent,)) for days, percent in ((170, 100), (140, 92), (100, 84), (70, 92), (40, 84), (6, 84))
    )
)
REPS = (NADIA, ANTOINE, BINTOU, CAMILLE, DAVID, ELISE, FABIEN, INES, LUCAS)

GIVEN = (
    Given(0, True, 15, -9, (0,), "Commencez par l’offre : tout repose dessus."),
    Given(4, True, 9, -2, (0,), "Avant le rendez-vous Ferrand."),
    Given(3, False, 5, 4, (0, 1)),
    Given(0, False, 7, 1, (4,), "Bienvenue ! Trois fiches et un quiz."),
    Given(5, False, 2, 12),
    Given(1, True, 8, -1, (7,), by_lyon=False),
)
