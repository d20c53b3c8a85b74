"""Formulas in Moodle's notation (`pow({x},2)*1.2`) and in ours (`x^2*1.2`)."""

import re

FUNCTIONS = frozenset(("min", "max", "abs", "round", "floor", "ceil"))
_VARIABLE = re.compile(r"\{\s*([A-Za-z_]\w{0,63})\s*\}")
_WORD = re.compile(r"[A-Za-z_]\w*")
_POWER = re.compile(r"\bpow\s*\(")
_ROUND = re.compile(r"round\s*\((.*),\s*([0-6])\s*\)", re.DOTALL)
_TOKEN = re.compile(r"\{\w+\}|[A-Za-z_]\w*|[0-9]*\.?[0-9]+|\*\*|\S")


def to_ours(text: str, names: dict[str, str]) -> tuple[str, int | None]:
    """The formula with our names of the variables, and to how many decimals it rounds its result, if it does.

    >>> to_ours("round({HT}*pow(1.2, {n}), 2)", {"HT": "ht", "n": "n"})
    ('ht*((1.2)^(n))', 2)
    """
    formula = _VARIABLE.sub(lambda found: _beside(found, names.get(found[1], found[1])), text.strip().removeprefix("="))
    for _ in range(formula.count("pow")):
        formula = _without_a_power(formula)
    rounded = _ROUND.fullmatch(formula)
    if rounded and _is_whole(rounded[1]):
        return rounded[1].strip(), int(rounded[2])
    return formula.strip(), None


def _beside(found: re.Match[str], name: str) -> str:
    """A name that does not run into the letters or digits around it: `2{x}` stays the mistake that it is."""
    before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
    return (" " if before.isalnum() else "") + name + (" " if after.isalnum() else "")


def _is_whole(text: str) -> bool:
    """Whether parentheses close as they open, and no comma stands outside of them."""
    return _cut(text) == [text]


def _cut(text: str) -> list[str]:
    """The parts between the commas that stand outside of parentheses; none where these do not match."""
    parts, depth, start = [], 0, 0
    for place, sign in enumerate(text):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if depth < 0:
            return []
        if sign == "," and depth == 0:
            parts.append(text[start:place])
            start = place + 1
    return [*parts, text[start:]] if depth == 0 else []


def _without_a_power(formula: str) -> str:
    found = _POWER.search(formula)
    if not found:
        return formula
    depth = 1
    for place in range(found.end(), len(formula)):
        depth += {"(": 1, ")": -1}.get(formula[place], 0)
        if depth == 0:
            parts = [each.strip() for each in _cut(formula[found.end() : place])]
            if len(parts) != 2:
                return formula
            return f"{formula[: found.start()]}(({parts[0]})^({parts[1]})){formula[place + 1 :]}"
    return formula


def to_moodle(text: str, decimals: int | None) -> str:
    """The formula with its variables in braces and its powers as a function, rounded where the result is.

    >>> to_moodle("ht * 1.2 ^ (n - 1)", 2)
    'round({ht}*pow(1.2,({n}-1)),2)'
    """
    pieces = [
        each if each in FUNCTIONS or not _WORD.fullmatch(each) else f"{{{each}}}" for each in _TOKEN.findall(text)
    ]
    for place in range(len(pieces) - 1, 0, -1):
        if pieces[place] in ("^", "**") and place + 1 < len(pieces):
            begin, end = _left(pieces, place), _right(pieces, place)
            power = f"pow({''.join(pieces[begin:place])},{''.join(pieces[place + 1 : end])})"
            pieces[begin:end] = [power, *[""] * (end - begin - 1)]
    formula = "".join(pieces)
    return formula if decimals is None else f"round({formula},{decimals})"


def _left(pieces: list[str], place: int) -> int:
    """Where the operand before a sign begins: a group in parentheses with its function, else one piece."""
    at, depth = place - 1, 0
    while at > 0:
        depth += {")": 1, "(": -1}.get(pieces[at], 0)
        if depth == 0:
            break
        at -= 1
    return at - 1 if at > 0 and pieces[at] == "(" and pieces[at - 1] in FUNCTIONS else at


def _right(pieces: list[str], place: int) -> int:
    """Where the operand after a sign ends."""
    at = place + 1
    while at < len(pieces) and (pieces[at] in ("-", "+", "") or pieces[at] in FUNCTIONS):
        at += 1
    depth = 0
    while at < len(pieces):
        depth += {"(": 1, ")": -1}.get(pieces[at], 0)
        at += 1
        if depth == 0:
            break
    return at
