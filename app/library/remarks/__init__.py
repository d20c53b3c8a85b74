"""Readers' questions and comments on documents, and their answers."""

from app.library.remarks.counts import open_counts as open_counts
