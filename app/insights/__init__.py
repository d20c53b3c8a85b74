"""Room: the team dashboard, each rep's record, exports. Reads everything, writes nothing."""
