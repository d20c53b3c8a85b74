"""The ground floor: clock, ids, database, errors, outbox, slots. Knows no room."""
