"""Room: what is expected of whom and by when; mastery; the Today page."""
