"""Fetch the front-end packages that Palier ships, at the versions below, into app/static/vendor.

For maintainers, when a version changes: `python tools/vendor.py` (needs npm for `npm pack`; nothing needs Node at
run time). Writes the files, their licences and VERSIONS.md.
"""

import gzip
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path
from xml.etree import ElementTree

PROJECT = Path(__file__).resolve().parent.parent
VENDOR = PROJECT / "app" / "static" / "vendor"
TABLER, HTMX, ICONS = "@tabler/core@1.6.1", "htmx.org@2.0.11", "@tabler/icons@3.52.0"
CHART = "chart.js@4.6.1"
AXE = "axe-core@4.14.1"  # for the tests alone: it is not shipped
FILES = {
    # Its package holds no licence file; the first line of the style sheet names it (MIT), as its repository does.
    TABLER: {"dist/css/tabler.min.css": "tabler.min.css"},
    HTMX: {"dist/htmx.min.js": "htmx.min.js", "LICENSE": "htmx.LICENSE"},
    ICONS: {"LICENSE": "tabler-icons.LICENSE"},
    CHART: {"dist/chart.umd.min.js": "chart.umd.min.js", "LICENSE.md": "chart.LICENSE"},
}
# The icons that templates use, by Tabler's name.
ICON_NAMES = """
    alert-circle alert-triangle archive arrow-down arrow-left arrow-right arrow-up ban blockquote bold
    book-2 building-store bulb calculator calendar calendar-due cards check
    checklist chevron-right circle circle-check circle-x clipboard-check
    clock cloud-off columns-2 copy device-desktop device-floppy
    download edit eye eye-off file-text filter flag git-merge
    heading history home info-circle italic key keyboard
    language layout-list link list list-check logout mail message
    message-question package paperclip pin pinned-off player-play plus
    presentation quote refresh school search send settings stairs-up table
    target tools trash trophy unlink upload user-check user-off user-plus
    users users-group x
""".split()


def main() -> None:
    """Fetch, unpack, write."""
    VENDOR.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for package, wanted in FILES.items():
            root = unpack(package, Path(folder))
            for inside, name in wanted.items():
                text = (root / inside).read_text()
                # The map files are not shipped, so the pointers to them would be dead links.
                lines = [
                    line
                    for line in text.splitlines()
                    if not line.startswith(("/*# sourceMappingURL", "//# sourceMappingURL"))
                ]
                (VENDOR / name).write_text("\n".join(lines) + "\n")
            if package == ICONS:
                (VENDOR / "icons.svg").write_text(sprite(root / "icons" / "outline"))
        axe, beside = unpack(AXE, Path(folder)), PROJECT / "tests" / "browser" / "vendor"
        beside.mkdir(exist_ok=True)
        shutil.copyfile(axe / "LICENSE", beside / "LICENSE")
        (beside / "axe.min.js.gz").write_bytes(gzip.compress((axe / "axe.min.js").read_bytes(), mtime=0))
    rows = "".join(f"| {package.rpartition('@')[0]} | {package.rpartition('@')[2]} |\n" for package in FILES)
    (VENDOR / "VERSIONS.md").write_text(
        "# Shipped front-end packages\nWritten by `tools/vendor.py`; the licences stand beside the files.\n\n"
        f"| package | version |\n| --- | --- |\n{rows}"
    )


def unpack(package: str, folder: Path) -> Path:
    """The package's folder after `npm pack`."""
    name = subprocess.run(
        ["npm", "pack", "--silent", package], cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()
    target = folder / name.removesuffix(".tgz")
    with tarfile.open(folder / name) as archive:
        archive.extractall(target, filter="data")
    return target / "package"


def sprite(outline: Path) -> str:
    """One SVG with a symbol an icon."""
    ElementTree.register_namespace("", "http://www.w3.org/2000/svg")
    symbols = []
    for name in ICON_NAMES:
        drawing = ElementTree.parse(outline / f"{name}.svg").getroot()
        paths = "".join(
            f'<path d="{path.get("d")}"/>' for path in drawing if path.get("stroke") != "none" and path.get("d")
        )
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{paths}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


if __name__ == "__main__":
    main()
