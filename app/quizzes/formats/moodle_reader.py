"""Reading Moodle XML as Moodle's importer does (qformat_xml): each question type of Moodle into ours."""

from collections.abc import Callable
from fractions import Fraction

from app.quizzes.formats import moodle_types, weights, xml_source
from app.quizzes.formats.answers import Answers, Unusable
from app.quizzes.formats.collecting import MOST_ROWS, TOO_MANY_ROWS, Collector, settle, with_matches
from app.quizzes.formats.lines import one_line
from app.quizzes.formats.markup import Text
from app.quizzes.formats.model import FULL, MOST_QUESTIONS, Question, Reading, Type
from app.quizzes.formats.xml_source import Node

FORMS = {"html": "html", "moodle_auto_format": "auto", "plain_text": "plain", "markdown": "markdown"}
_USUAL_PENALTIES = (Fraction(0), Fraction(1, 10), Fraction(1, 3), Fraction(1))
_COMBINED = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
# Types whose feedback for any right or wrong answer is kept as such; of one choice, it goes to the options.
_TOLD = (Type.MATCHING, Type.GAPS, Type.ORDERING)


def read(content: bytes) -> Reading:
    """The questions of a Moodle XML file."""
    collector = Collector()
    try:
        root = xml_source.read(content, 2 * MOST_QUESTIONS)
    except xml_source.UnreadableXml as wrong:
        collector.wrong(wrong.line, wrong.what)
        return collector.reading
    if root.name != "quiz":
        collector.wrong(root.line, f"the element <{root.name[:60]}>, expected <quiz>")
        return collector.reading
    category, is_empty = "", True
    for node in root.all("question"):
        is_empty = False
        if node.attributes.get("type") == "category":
            category = node.text_at("category", "text")
        elif collector.is_full:
            collector.reading.too_many(node.line)
            break
        else:
            _Question(collector, node, category).read()
    if is_empty:
        collector.wrong(root.line, "no question in the file")
    return collector.reading


class _Question:
    """One `<question>` being read."""

    def __init__(self, collector: Collector, node: Node, category: str) -> None:
        self.collector, self.node, self.category = collector, node, category
        self.notes: list[str] = []
        self.title = one_line(node.text_at("name", "text"))
        text = node.first("questiontext")
        self.form = FORMS.get(text.attributes.get("format", "html") if text else "html", "html")

    def read(self) -> None:
        kind = self.node.attributes.get("type", "")
        name = self.node.text_at("idnumber") or self.title
        answers_of = moodle_types.READERS.get(kind)
        if answers_of is None:
            asks_nothing = kind == "description"
            what = "a description, which asks nothing," if asks_nothing else f"the question type “{kind[:60]}”"
            self.collector.wrong(self.node.line, f"{what} is left out", name)
            return
        try:
            question = self.question(answers_of)
        except Unusable as wrong:
            self.collector.wrong(self.node.line, str(wrong), name)
            return
        self.collector.take(question, self.node.text_at("idnumber"), notes=self.notes)

    def question(
        self, answers_of: Callable[[Node, Callable[[Node | None], Text], Callable[[str], None]], Answers]
    ) -> Question:
        # What belongs to a choice is looked for in the whole question, once for each.
        if len(self.node.all("answer", "subquestion", "dragbox", "selectoption")) > 2 * MOST_ROWS:
            raise Unusable(TOO_MANY_ROWS)
        found = answers_of(self.node, self.text, self.notes.append)
        own = found.text or self.text(self.node.first("questiontext"))
        hints = [each for each in map(self.text, self.node.all("hint")) if each.words]
        said = [self.combined(found.type, "correctfeedback"), self.combined(found.type, "incorrectfeedback")]
        # In one list, so that all become Markdown when one has to.
        texts = found.texts(own, found.feedback or self.text(self.node.first("generalfeedback")))
        words, is_plain = settle([*texts, *hints, *said], self.notes.append)
        self.note_what_is_lost(found.type)
        *hinted, if_right, if_wrong = words[len(texts) :]
        made = found.into(
            words[: len(texts)],
            Question(
                key="",
                type=found.type,
                title=self.title,
                line=self.node.line,
                tags=self.tags(),
                category=self.category,
                points=self.points(),
                is_plain=is_plain,
                hints=tuple(hinted),
                if_right=if_right,
                if_wrong=if_wrong,
            ),
        )
        return with_matches(made, self.form)

    def text(self, node: Node | None) -> Text:
        """The text of an element that has a `<text>`, in its form."""
        if node is None:
            return Text("")
        form = FORMS.get(node.attributes.get("format", ""), self.form)
        inside = node.first("text")
        if inside is None:
            return Text(node.text.strip(), form)
        if any(True for _ in inside.nodes):
            self.notes.append("markup inside <text> that is not escaped: only its words are kept")
        return Text(inside.words.strip(), form)

    def tags(self) -> tuple[str, ...]:
        tags = self.node.first("tags")
        found = [one_line(each.text_at("text")) for each in tags.all("tag")] if tags else []
        return tuple(dict.fromkeys(filter(None, found)))

    def points(self) -> Fraction:
        grade = weights.number(self.node.text_at("defaultgrade") or "1")
        return Fraction(grade) if grade is not None and grade > 0 else FULL

    def combined(self, kind: Type, name: str) -> Text:
        """What is said to any right or wrong answer, where the type keeps it."""
        return moodle_types.combined(self.node, name, self.text) if kind in _TOLD else Text("")

    def note_what_is_lost(self, kind: Type) -> None:
        for node in self.node.walk():
            if node.name == "file":
                self.notes.append(f"the embedded file “{node.attributes.get('name', '')[:80]}” is left out")
        kept = _COMBINED if kind is Type.SINGLE else (_COMBINED[0], _COMBINED[2]) if kind in _TOLD else ()
        if any(moodle_types.combined(self.node, name, self.text).words for name in _COMBINED if name not in kept):
            self.notes.append("its feedback for any right, partly right or wrong answer is left out")
        if self.node.first("image_base64"):
            self.notes.append("an embedded picture is left out")
        penalty = weights.number(self.node.text_at("penalty") or "0")
        if penalty is not None and all(abs(Fraction(penalty) - each) > Fraction(1, 100) for each in _USUAL_PENALTIES):
            self.notes.append(f"its penalty of {float(penalty) * 100:g} % for each further try is left out")
