"""What the record keeps of quizzes: ids and numbers. The replies themselves live in a table of their own."""

from app.activity import journal

STARTED = journal.declare("quiz.started", "attempt")
ANSWERED = journal.declare("quiz.answered", "attempt", "question")
SUBMITTED = journal.declare("quiz.submitted", "attempt", "mark", "maximum", "percent", "passed")
