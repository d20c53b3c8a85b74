"""What changed between two texts, word by word: in the source and on the page."""
