"""Readers' questions and comments, where they stand on the page, and what became of them."""
