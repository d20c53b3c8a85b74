"""`make bench`: measure, print one table, write bench/results.json. Words after it choose: web, search, library,
assessment."""

import sys

from bench import assessment, figures, library, search, web

GROUPS = {"web": web.measure, "search": search.measure, "library": library.measure, "assessment": assessment.measure}


def main(chosen: list[str]) -> int:
    """Run the groups asked for, else all. The exit status says whether every goal is met."""
    measured = []
    for name in chosen or GROUPS:
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        measured += GROUPS[name]()
    figures.write(measured)
    return 0 if all(figure.met for figure in measured) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
