"""Writing in the browser: drafts that nobody can lose, publishing them, and where files and editor meet."""
