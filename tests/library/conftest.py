"""A small library that is published, and an author who may write in it; a test file may bring its own."""

from pathlib import Path

import pytest
from flask import Flask

from app.accounts.actor import Actor
from tests.library.writing import make_author
from tests.library_factories import sync_library, write_small_library


@pytest.fixture
def root(app: Flask, library_files: Path) -> Path:
    """The library's folder, once synchronised."""
    write_small_library(library_files)
    assert sync_library(app).problems == []
    return library_files


@pytest.fixture
def alice(root: Path) -> Actor:
    return make_author("Alice Martin")
