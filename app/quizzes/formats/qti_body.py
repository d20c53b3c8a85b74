"""The words of a QTI item: its body without the interactions, as Markdown, or exactly as we wrote them."""

from collections.abc import Callable
from html import escape

from app.quizzes.formats.lines import one_line
from app.quizzes.formats.markup import Text
from app.quizzes.formats.xml_source import Node

# A text of ours stands in a paragraph of this class: it is read again letter by letter.
PLAIN, MARKDOWN = "palier-plain", "palier-markdown"
# What else of ours could be read in two ways: one field that is a gap, matches that several prompts share.
GAP, MATCHING = "palier-gap", "palier-matching"
INLINE = ("textEntryInteraction", "inlineChoiceInteraction", "gap")
_LEFT_OUT = ("modalFeedback", "feedbackInline", "feedbackBlock", "rubricBlock", "stylesheet", "templateBlock")
_ATTRIBUTES = ("href", "alt")
Mark = Callable[[Node], str]


def text_of(node: Node | None, mark: Mark = lambda inline: "") -> Text:
    """The text of a part of an item. `mark` says what stands for an interaction inside it."""
    if node is None:
        return Text("")
    own = [each for each in node.walk() if each.attributes.get("class") in (PLAIN, MARKDOWN)]
    if own:
        form = "plain" if own[0].attributes["class"] == PLAIN else "markdown"
        return Text(_verbatim(own[0], mark).strip(), form)
    html = _html(node, mark)
    if "<" not in html and "&" not in html:
        return Text(one_line(html), "plain")
    return Text(html, "html")


def _verbatim(node: Node, mark: Mark) -> str:
    out = []
    for each in node.content:
        if isinstance(each, str):
            out.append(each)
        elif each.name == "br":
            out.append("\n")
        elif each.name in INLINE:
            out.append(mark(each))
    return "".join(out)


def _html(node: Node, mark: Mark) -> str:
    """What is inside, as HTML; interactions that stand alone hold their prompt and, for gaps to fill, their text."""
    out = []
    for each in node.content:
        if isinstance(each, str):
            out.append(escape(each, quote=False))
        elif each.name in INLINE:
            out.append(escape(mark(each), quote=False))
        elif each.name in _LEFT_OUT:
            continue
        elif each.name.endswith("Interaction"):
            prompt = each.first("prompt")
            out.append(f"<p>{_html(prompt, mark)}</p>" if prompt else "")
            if each.name in ("gapMatchInteraction", "hottextInteraction"):
                out += [
                    f"<{part.name}>{_html(part, mark)}</{part.name}>" for part in each.nodes if part.name in _BLOCKS
                ]
        else:
            given = "".join(
                f' {name}="{escape(value)}"' for name, value in each.attributes.items() if name in _ATTRIBUTES
            )
            out.append(f"<{each.name}{given}>{_html(each, mark)}</{each.name}>")
    return "".join(out)


_BLOCKS = ("p", "div", "ul", "ol", "dl", "blockquote", "pre", "table", "h1", "h2", "h3", "h4", "h5", "h6")
