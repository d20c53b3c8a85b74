"""Who did what in the demonstration, by place in the programme: pure data, in the order of accounts/demo.py's reps."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Study:
    """One step of one rep: how many of its plays they read, the results they aim at in its quiz, one try after another.

    `begins_quiz` is the number of questions answered in a try that was not handed in. `others` are the results in the
    step's other quizzes, one each; in these, `written` is what was answered in sentences, and `scored` the share of its
    points that the manager gave it, None while it waits.
    """

    days_ago: int
    plays: int = 99
    quizzes: tuple[int, ...] = ()
    begins_quiz: int = 0
    others: tuple[int, ...] = ()
    written: str = ""
    scored: float | None = None


@dataclass(frozen=True)
class Rep:
    """What a rep did, step by step from the lowest, and the scripts they keep at hand; `in_lyon`, else in Nantes.

    `reviews` are the days, so many ago, on which they reviewed what was due, knowing nine in ten.
    """

    studies: tuple[Study, ...] = ()
    pins: tuple[str, ...] = ()
    in_lyon: bool = True
    reviews: tuple[int, ...] = ()


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


_FROM_CAMILLE = """\
Objet : la sciure ne rentre plus, voici la plaque

Bonjour madame Kerbrat,

Mardi, vous me parliez de la sciure qui entre dans les lampes. Je vous joins la photo de la plaque du luminaire : \
IP65, étanche à la poussière. Chez vous, cela veut dire que l’on ne démonte plus pour nettoyer.

Si votre responsable maintenance veut l’avoir en main, je passe avec le luminaire d’exposition jeudi à 8 h ou vendredi \
à 16 h. Lequel lui va ?

Camille Nguyen"""
_FROM_LUCAS = """\
Objet : votre question sur la sciure

Madame Kerbrat,

Vous vouliez savoir si la sciure entre dans le luminaire. Elle n’entre pas : l’indice IP65 est gravé sur la plaque, \
que je vous propose de lire chez un menuisier équipé à vingt minutes de chez vous.

Quel jour vous arrange ?

Lucas Tessier"""
NADIA = Rep(
    (
        *(Study(14, 99, (70, 92)), Study(12, 99, (83,)), Study(8, 99, (84,))),
        *(Study(4, 2, (), 4), Study(1, 1)),
    ),
    ("trop-cher", "envoyez-moi-une-documentation", "en-parler-a-mon-associe"),
    reviews=(13, 12, 11, 8, 7, 6),
)
ANTOINE = Rep(
    (Study(28, 99, (46, 92)), Study(21, 2, (67, 84)), Study(13, 99, (84,)), Study(3, 2, (50, 59))), ("pas-le-temps",)
)
BINTOU = Rep(
    (
        *(Study(58, 99, (100,)), Study(49, 99, (92,)), Study(40, 99, (84, 92)), Study(31, 99, (84,))),
        *(Study(20, 99, (75, 84), others=(88,)), Study(10, 2, (67,)), Study(1, 1)),
    ),
    ("trop-cher", "laissez-moi-reflechir"),
)
CAMILLE = Rep(
    (
        *(Study(days, 99, (percent,)) for days, percent in ((190, 100), (160, 92), (120, 100), (90, 92))),
        *(Study(60, 99, (92,), others=(100,)), Study(30, 99, (84,))),
        Study(5, 99, (92,), others=(100,), written=_FROM_CAMILLE),
    ),
    ("sous-contrat",),
)
DAVID = Rep()
ELISE = Rep((Study(110, 99, (77, 92)), Study(80, 99, (84,)), Study(50, 99, (84,)), Study(20, 99, (84,)), Study(2, 1)))
FABIEN = Rep((Study(40, 99, (62, 84)), Study(25, 99, (92,)), Study(3, 1)), in_lyon=False)
INES = Rep((Study(12, 99, (54, 84)), Study(9, 1)), in_lyon=False)
LUCAS = Rep(
    (
        *(Study(days, 99, (percent,)) for days, percent in ((170, 100), (140, 92), (100, 84), (70, 92))),
        *(Study(40, 99, (84,), others=(75,)), Study(20, 99, (84,))),
        Study(6, 99, (84,), others=(100,), written=_FROM_LUCAS, scored=0.8),
    ),
    in_lyon=False,
)
WORD_OF_A_MANAGER = "L’apport est là, dès l’objet. Proposez deux dates plutôt qu’une question ouverte."
# What those who lead reached in the first quiz, which they took before they asked anybody to.
LEADERS = (100, 92, 84)
REPS = (NADIA, ANTOINE, BINTOU, CAMILLE, DAVID, ELISE, FABIEN, INES, LUCAS)

GIVEN = (
    Given(0, True, 15, -9, (0,), "Commencez par l’offre : tout repose dessus."),
    Given(4, True, 9, -2, (0,), "Avant le rendez-vous Ferrand."),
    Given(3, False, 5, 4, (0, 1)),
    Given(0, False, 7, 1, (4,), "Bienvenue ! Trois fiches et un quiz."),
    Given(5, False, 2, 12),
    Given(1, True, 8, -1, (7,), by_lyon=False),
)
