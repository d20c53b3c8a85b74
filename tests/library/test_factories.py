"""The files that tests write are such as an author may write."""

from pathlib import Path

from flask import Flask

from app.library import catalogue
from tests.library_factories import sync_library, write_small_library


def test_a_small_library_is_published_without_a_problem(app: Flask, library_files: Path) -> None:
    write_small_library(library_files)
    report = sync_library(app)
    assert report.problems == []
    assert len(report.published) == 7
    assert [entry.id for entry in catalogue.entries("quiz")] == ["quiz-prix"]
