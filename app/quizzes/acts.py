"""What the record keeps of quizzes: ids and numbers. The replies themselves live in a table of their own."""

from app.activity import journal

STARTED = journal.declare("quiz.started", "attempt")
ANSWERED = journal.declare("quiz.answered", "attempt", "question")
# The result of an attempt, once it is known, at the moment it was handed in.
SUBMITTED = journal.declare("quiz.submitted", "attempt", "mark", "maximum", "percent", "passed")
# Handed in with something written in it, which a manager has yet to score.
HANDED_IN = journal.declare("quiz.handed_in", "attempt")
# A manager's score of a written reply; the person is the manager.
SCORED = journal.declare("quiz.scored", "attempt", "question", "points", "maximum")
# What an attempt counts for since a regrading; the person is the one whose attempt it is, the moment the regrading's.
REGRADED = journal.declare("quiz.regraded", "attempt", "regrading", "mark", "maximum", "percent", "passed")
