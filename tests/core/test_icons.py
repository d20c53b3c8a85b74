"""Icons: every one that a page names is in the sprite, and the sprite holds no others."""

import re

from app.config import PROJECT
from tools.vendor import ICON_NAMES

SPRITE = PROJECT / "app" / "static" / "vendor" / "icons.svg"
# An icon is named where it is drawn, or in the Python or the script that it is drawn from.
_NAMED = re.compile(r"[\"']([a-z][a-z0-9]*(?:-[a-z0-9]+)*)[\"']")


def _named() -> set[str]:
    sources = [file for end in ("html", "py") for file in (PROJECT / "app").rglob(f"*.{end}")]
    sources += (PROJECT / "app" / "static" / "js").rglob("*.js")
    return {name for source in sources for name in _NAMED.findall(source.read_text())}


def test_every_icon_that_a_template_draws_is_in_the_sprite() -> None:
    drawn = {
        name
        for template in (PROJECT / "app").rglob("*.html")
        for name in re.findall(r'icon\("([a-z0-9-]+)"', template.read_text())
    }
    assert drawn - set(ICON_NAMES) == set()


def test_the_sprite_holds_the_icons_that_are_used_and_no_others() -> None:
    held = set(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text()))
    assert held == set(ICON_NAMES)
    assert held - _named() == set()
