"""Room: objection scripts, their categories, search as one types, pins."""
