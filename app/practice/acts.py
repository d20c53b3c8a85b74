"""What the record keeps of review: ids, keys and numbers. What was replied lives in a table of its own.

`retention` is the organisation's target in percent when it happened, `started` when the attempt that asked was begun.
`fresh`: what it asks had changed since it was last answered, `first`: it had never been reviewed.
"""

from app.activity import journal

# One act a document: `shares` by key, and those that were new again because what they ask had changed.
MET = journal.declare("review.met", "attempt", "started", "shares", "fresh", "retention")
ANSWERED = journal.declare(
    "review.answered", "question", "rating", "share", "predicted", "retention", "hints", "fresh", "first"
)
RERATED = journal.declare("review.rerated", "question", "review", "rating")
SUSPENDED = journal.declare("review.suspended", "question")
RESUMED = journal.declare("review.resumed", "question")
