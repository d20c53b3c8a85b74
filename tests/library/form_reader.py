"""Reads a page's form as a browser would send it, so that tests send what the page really holds."""

from html.parser import HTMLParser


class FormReader(HTMLParser):
    """The fields of the form with this id, in order, as (name, value) pairs; buttons are not pressed."""

    def __init__(self, form_id: str) -> None:
        super().__init__(convert_charrefs=True)
        self.form_id = form_id
        self.pairs: list[tuple[str, str]] = []
        self._inside = False
        self._select: str | None = None
        self._chosen: str | None = None
        self._first: str | None = None
        self._text: str | None = None
        self._typed = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self._inside = given.get("id") == self.form_id
        if not self._inside:
            return
        name = given.get("name") or ""
        if tag == "input" and name:
            if given.get("type") != "checkbox" or "checked" in given:
                self.pairs.append((name, given.get("value") or ""))
        elif tag == "select":
            self._select, self._chosen, self._first = name, None, None
        elif tag == "option" and self._select is not None:
            value = given.get("value") or ""
            self._first = value if self._first is None else self._first
            self._chosen = value if "selected" in given else self._chosen
        elif tag == "textarea":
            self._text, self._typed = name, ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "select" and self._select is not None:
            value = self._chosen if self._chosen is not None else self._first
            self.pairs.append((self._select, value or ""))
            self._select = None
        elif tag == "textarea" and self._text is not None:
            typed = self._typed.removeprefix("\r\n").removeprefix("\n") if self._typed[:1] in "\r\n" else self._typed
            self.pairs.append((self._text, typed.replace("\r\n", "\n").replace("\n", "\r\n")))
            self._text = None

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._typed += data


def form_of(html: str, form_id: str = "fields") -> dict[str, list[str]]:
    """What a browser would send, by name."""
    reader = FormReader(form_id)
    reader.feed(html)
    sent: dict[str, list[str]] = {}
    for name, value in reader.pairs:
        sent.setdefault(name, []).append(value)
    return sent
