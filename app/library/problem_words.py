"""Problems in their reader's language: the check says them in English, as commands do, and pages ask here.

A sentence that nobody declared is shown as it is.
"""

import re
from functools import lru_cache

from flask_babel import gettext

_PLACE = re.compile(r"%\((\w+)\)s")
_declared: list[tuple[re.Pattern[str], str]] = []


def declare(*sentences: str) -> None:
    """Add sentences as the check says them, each with `%(name)s` for what differs from one text to another.

    Write them with `_l = str`, so that they are found for translation.
    """
    for sentence in sentences:
        pieces = _PLACE.split(sentence)
        pattern = "".join(
            f"(?P<{piece}>.*)" if place % 2 else re.escape(piece.replace("%%", "%"))
            for place, piece in enumerate(pieces)
        )
        _declared.append((re.compile(pattern, flags=re.S), sentence))
    _found.cache_clear()


def spoken(what: str, expected: str) -> tuple[str, str]:
    """What is wrong and what is expected, in the reader's language."""
    return said(what), said(expected)


def said(sentence: str) -> str:
    """One of the two."""
    message, places = _found(sentence)
    if not message:
        return sentence
    # A sentence may hold another (“title”: nothing but spaces), or the name of a kind.
    return str(gettext(message, **{name: said(each) for name, each in places.items()}))


@lru_cache(maxsize=500)
def _found(sentence: str) -> tuple[str, dict[str, str]]:
    # A sentence declared word for word goes before one whose blank would swallow its end.
    if any(message == sentence for _, message in _declared) and not _PLACE.search(sentence):
        return sentence, {}
    # Of several that fit, the one that says the most itself: “at most 15 digits” before “at most %(number)s”.
    fitting = [
        (len(_PLACE.sub("", message)), message, found)
        for pattern, message in _declared
        if (found := pattern.fullmatch(sentence))
    ]
    if not fitting:
        return "", {}
    _length, message, place = max(fitting, key=lambda each: each[0])
    return message, place.groupdict()


_l = str  # translated when they are said, not here

declare(
    _l("the id “%(id)s” is also in %(path)s"),
    _l("the id “%(id)s” was a %(kind)s"),
    _l("the id “%(id)s” is a %(kind)s in %(path)s"),
    _l("the id “%(id)s”"),
    _l("“%(id)s”, which stays"),
    _l("an id of its own"),
    _l("another id for this %(kind)s"),
    _l("the place of “%(id)s”, which was changed in the browser"),
    _l("the place of “%(id)s”"),
    _l("a file of its own"),
    _l("no step beside it"),
    _l("an index.md in the same folder"),
    _l("the link “%(link)s”"),
    _l("https://…, or kind:id with a kind of %(kinds)s"),
    _l("a link to the %(kind)s “%(id)s”, which does not exist"),
    _l("the id of a document"),
    _l("a link to the %(kind)s “%(id)s”, whose file has problems of its own"),
    _l("that file mended first"),
    _l("a link to the part “%(part)s” of “%(id)s”"),
    _l("no part: it has none"),
    _l("“%(part)s”, which is not in the list of %(kind)s"),
    _l("one of %(parts)s"),
    _l("a text before the first heading"),
    _l("the heading “%(heading)s”"),
    _l("one of the classes {%(classes)s}"),
    _l("it in a block such as “%(block)s”"),
    _l("a second block {.%(name)s}"),
    _l("each block once"),
    _l("{.%(name)s} after {.%(other)s}"),
    _l("the order %(names)s"),
    _l("no block {.%(name)s}"),
    _l("a heading such as “%(heading)s”"),
    _l("a picture from elsewhere"),
    _l("a heading of level %(level)s"),
    _l("a heading of level 2 to 4"),
    _l("quotations nested too deeply"),
    _l("a line indented too far"),
    _l("a text of %(number)s characters"),
    _l("more than %(number)s “%(sign)s” left open"),
    _l("“%(sign)s” after each"),
    _l("a text nested beyond reason"),
    _l("a few levels of quotation or list"),
    _l("a line that a merge left"),
    _l("one of the two texts, without the marks around them"),
    _l("not readable as YAML (%(why)s)"),
    _l("valid YAML; quote values with “: ”"),
    _l("the key “%(key)s” stands twice"),
    _l("each key once"),
    _l("the unknown key “%(key)s”"),
    _l("one of the keys in docs/authoring.md"),
    _l("no “%(key)s”"),
    _l("it to be given"),
    _l("no front matter"),
    _l("front matter without an end"),
    _l("a first line of three hyphens (---)"),
    _l("a second line of three hyphens (---)"),
    _l("no keys"),
    _l("keys and values, such as “id: my-document”"),
    _l("“%(key)s” is empty or too short"),
    _l("“%(key)s” is too long"),
    _l("“%(key)s” is %(value)s"),
    _l("“%(key)s”: %(what)s"),
    _l("nothing but spaces"),
    _l("the character %(code)s"),
    _l("words on one line"),
    _l("words"),
    _l("a text (put it in quotes)"),
    _l("a whole number"),
    _l("true or false"),
    _l("a list, each line beginning with “- ”"),
    _l("keys and values"),
    _l("lower-case words joined by hyphens"),
    _l("the form %(form)s"),
    _l("at least %(number)s"),
    _l("at most %(number)s"),
    _l("empty"),
    *("step", "play", "offer", "script", "quiz", "glossary", "categories"),  # their rooms translate them
)
