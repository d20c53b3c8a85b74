"""The bench's own parts: what is measured against must be what it says, or a figure means nothing."""

from pathlib import Path

import pytest
from flask import Flask

from app.library.files import Folders
from app.library.inspection import inspect
from app.library.kinds import all_kinds
from bench import bare, figures, generated


@pytest.mark.parametrize("size", [9_000, 13_500, 30_000])
def test_the_bare_page_has_the_size_asked_for(size: int) -> None:
    page = bare.page_app(size).test_client().get("/page").data
    assert abs(len(page) - size) < size * 0.02


def test_generated_scripts_are_scripts_that_the_library_takes(app: Flask, tmp_path: Path) -> None:
    folder = tmp_path / "generated"
    generated.write_scripts(folder, 3)
    found = inspect(Folders(folder / "content", folder / "quizzes"), all_kinds())
    assert found.problems == []
    scripts = [draft for draft in found.drafts if draft.kind.name == "script"]
    assert len(scripts) == 3
    assert all(abs(script.words - generated.WORDS_A_SCRIPT) < 40 for script in scripts)


def test_queries_are_two_words_and_the_same_each_time() -> None:
    typed = list(generated.queries(50))
    assert typed == list(generated.queries(50))
    assert all(len(words.split()) == 2 for words in typed)


def test_a_figure_says_whether_its_goal_holds() -> None:
    assert figures.at_least("page", 600, "requests/s", 1_000, 0.5).met
    assert not figures.at_least("page", 400, "requests/s", 1_000, 0.5).met
    assert not figures.at_most_times("search", 2.1, "ms", 1, 2).met
    assert figures.at_most("bytes", 150, "kB", 150).met
    assert figures.percentile([float(value) for value in range(100)], 0.99) == 99
