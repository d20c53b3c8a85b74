"""An attempt from its start to its result: drawn, answered, closed, graded."""
