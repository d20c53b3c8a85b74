"""Reading one QTI 2.1 or 2.2 item: what its interaction asks, and what its declaration says is right."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from app.quizzes.formats import qti_processing, rubrics, weights
from app.quizzes.formats.answers import Answer, Answers, Row, Unusable
from app.quizzes.formats.lines import one_line
from app.quizzes.formats.markup import Text, as_markdown
from app.quizzes.formats.model import ANYTHING, FULL, NONE, Type
from app.quizzes.formats.numbers_of import option_of
from app.quizzes.formats.qti_body import GAP, INLINE, MATCHING, text_of
from app.quizzes.formats.qti_declared import Declared, declared, rounded
from app.quizzes.formats.qti_processing import RIGHT, WRONG
from app.quizzes.formats.xml_source import Node

BLANK = "_____"
_TRUTH = {"true": "true", "vrai": "true", "false": "false", "faux": "false"}
_READ = (
    "choiceInteraction",
    "matchInteraction",
    "orderInteraction",
    "gapMatchInteraction",
    "extendedTextInteraction",
    *INLINE[:2],
)


class Item:
    """An `<assessmentItem>` being read."""

    def __init__(self, node: Node, note: Callable[[str], None]) -> None:
        self.node, self.note = node, note
        self.body = node.first("itemBody")
        self.declared = {
            each.attributes.get("identifier", ""): declared(each) for each in node.all("responseDeclaration")
        }
        self.points = self._points()
        self.shown = qti_processing.shown_to(node)
        self.all_or_nothing = any(
            each.attributes.get("template", "").rstrip("/").endswith("/match_correct")
            for each in node.all("responseProcessing")
        )

    def answers(self) -> Answers:
        """What it asks. Raises Unusable."""
        if self.body is None:
            raise Unusable("an item without a body")
        found = [each for each in self.body.walk() if each.name.endswith("Interaction")]
        unread = next((each for each in found if each.name not in _READ), None)
        if unread is not None:
            raise Unusable(f"the interaction {unread.name[:60]}, which cannot be kept")
        if not found:
            raise Unusable("an item that asks nothing")
        inline = [each for each in found if each.name in INLINE]
        is_gap = found[0].name == "inlineChoiceInteraction" or found[0].attributes.get("class") == GAP
        if len(inline) == len(found) and (len(found) > 1 or is_gap):
            return self._gaps(found)
        if len(found) > 1:
            raise Unusable(f"{len(found)} interactions in one item, expected one")
        return self._one(found[0])

    def _one(self, node: Node) -> Answers:
        match node.name:
            case "choiceInteraction":
                return self._choice(node)
            case "textEntryInteraction":
                return self._entry(node)
            case "matchInteraction":
                return self._match(node)
            case "orderInteraction":
                return self._order(node)
            case "gapMatchInteraction":
                return self._gap_match(node)
            case _:
                return self._extended(node)

    def _extended(self, node: Node) -> Answers:
        """A free text: its rubric for who scores, its right answer where it has one."""
        blocks = [each for each in (self.body.walk() if self.body else ()) if each.name == "rubricBlock"]
        scorers = next((each for each in blocks if "scorer" in each.attributes.get("view", "")), None)
        said = text_of(scorers)
        rubric = rubrics.read(as_markdown(said) if said.form == "html" else said.words)
        if len(blocks) > bool(rubric):
            self.note("its rubric is left out")
        model = "\n".join(self.response(node).correct)
        return Answers(
            Type.FREE_TEXT,
            text=text_of(self.body),
            feedback=Text(model) if model else None,
            finish=lambda question: replace(question, rubric=rubric),
        )

    @property
    def is_written(self) -> bool:
        """Whether it asks for a free text, whose rubric is kept."""
        return any(each.name == "extendedTextInteraction" for each in (self.body.walk() if self.body else ()))

    def response(self, node: Node) -> Declared:
        """What is declared of the response of an interaction."""
        return self.declared.get(node.attributes.get("responseIdentifier", ""), Declared())

    def feedback(self, identifier: str) -> Text:
        """The feedback that is shown to who chose an identifier, or to who was right or wrong."""
        wanted = {identifier, *self.shown.get(identifier, ())} - {RIGHT, WRONG}
        for each in self.node.all("modalFeedback"):
            if each.attributes.get("identifier") in wanted and each.attributes.get("showHide", "show") == "show":
                return text_of(each)
        return Text("")

    def told(self, identifier: str, is_right: bool) -> Text:
        """The same for a choice; that for any right or wrong answer when it has none of its own."""
        own = self.feedback(identifier)
        return own if own.words else self.feedback(RIGHT if is_right else WRONG)

    def _choice(self, node: Node) -> Answers:
        choices = node.all("simpleChoice")
        said = self.response(node)
        if not said.correct and not said.mapped:
            raise Unusable("no right answer is declared")
        is_single = said.cardinality == "single"
        shares = self._shares([each.attributes.get("identifier", "") for each in choices], said, is_single)
        options = []
        for each, share in zip(choices, shares, strict=True):
            inside = next((part for part in each.walk() if part.name == "feedbackInline"), None)
            name = each.attributes.get("identifier", "")
            feedback = self.told(name, share == FULL) if is_single else self.feedback(name)
            feedback = text_of(inside) if inside else feedback
            options.append(Answer(text_of(each), share, feedback))
        truths = [_TRUTH.get(each.text.words.strip().lower(), "") for each in options]
        if is_single and sorted(truths) == ["false", "true"] and sorted(shares) == [NONE, FULL]:
            named = [
                Answer(Text(name), each.fraction, each.feedback) for name, each in zip(truths, options, strict=True)
            ]
            ordered = tuple(sorted(named, key=lambda each: each.text.words, reverse=True))
            return Answers(Type.TRUE_FALSE, ordered, typed=True, text=text_of(self.body))
        shuffle = node.attributes.get("shuffle", "false") == "true"
        return Answers(
            Type.SINGLE if is_single else Type.MULTIPLE,
            tuple(options),
            text=text_of(self.body),
            finish=lambda question: replace(question, shuffle=shuffle),
        )

    def _shares(self, identifiers: list[str], said: Declared, is_single: bool) -> list[Fraction]:
        """What each choice earns. Of several choices marked all or nothing, each right one earns its part, and each
        wrong one takes its part away, as Palier marks them."""
        right = [each for each in identifiers if each in said.correct]
        if said.mapped and not (self.all_or_nothing and said.correct):
            values = [Fraction(said.mapped.get(each, said.default)) for each in identifiers]
            most = max(values, default=NONE) if is_single else sum((each for each in values if each > 0), NONE)
            most = self.points if self.points and self.points == most else most
            if most <= 0:
                raise Unusable("a mapping in which nothing earns points")
            return [max(-FULL, rounded(each / most)) for each in values]
        if is_single:
            return [FULL if each in said.correct else NONE for each in identifiers]
        wrong = len(identifiers) - len(right)
        gain, loss = Fraction(1, max(1, len(right))), Fraction(-1, max(1, wrong))
        return [gain if each in said.correct else loss for each in identifiers]

    def _entry(self, node: Node) -> Answers:
        said = self.response(node)
        blank = BLANK if self._goes_on_after(node) else ""
        text = text_of(self.body, lambda inline: blank)
        if said.base_type in ("float", "integer"):
            return self._number(said, text)
        values = said.mapped or dict.fromkeys(said.correct, Decimal(1))
        most = max(values.values(), default=Decimal(0))
        if most <= 0:
            raise Unusable("no right answer is declared")
        shares = {words: rounded(Fraction(value) / Fraction(most)) for words, value in values.items()}
        options = tuple(
            Answer(Text(words.replace("*", "\\*")), share, self.feedback(RIGHT) if share == FULL else Text(""))
            for words, share in shares.items()
        )
        return Answers(Type.SHORT_ANSWER, (*options, *self._others()), typed=True, text=text)

    def _others(self) -> tuple[Answer, ...]:
        """What is said to any other answer, where something is."""
        said = self.feedback(WRONG)
        return (Answer(Text(ANYTHING), NONE, said),) if said.words else ()

    def _number(self, said: Declared, text: Text) -> Answers:
        bounds = qti_processing.bounds_of(self.node)
        given = said.correct[0] if said.correct else next(iter(said.mapped), "")
        value = weights.number(given) if bounds.value is None or given else bounds.value
        if value is None:
            raise Unusable(f"the number “{given[:40]}”" if given else "no right answer is declared")
        if bounds.value not in (None, value):  # tested between bounds that lie elsewhere: these count
            value = bounds.value or value
        if bounds.is_uneven:
            self.note("a tolerance with two bounds, of which the wider is kept")
        width = Decimal(0) if bounds.is_relative else bounds.tolerance
        relative = bounds.tolerance if bounds.is_relative else None
        option = option_of(weights.decimal_text(value), weights.decimal_text(width)) or ""
        return Answers(
            Type.NUMERIC,
            (Answer(Text(option), FULL, self.feedback(RIGHT)), *self._others()),
            typed=True,
            text=text,
            finish=lambda question: replace(question, relative_tolerance=relative),
        )

    def _goes_on_after(self, node: Node) -> bool:
        """Whether words follow a field to fill in."""
        seen = False
        for each in self.body.walk() if self.body else ():
            for part in each.content:
                if part is node:
                    seen = True
                elif seen and isinstance(part, str) and part.strip():
                    return True
        return False

    def _gaps(self, found: list[Node]) -> Answers:
        """Several fields to fill in, or lists to choose from, in a text."""
        numbers = {id(each): str(place) for place, each in enumerate(found, start=1)}
        rows, wrong = [], []
        for each in found:
            said = self.response(each)
            words = {
                choice.attributes.get("identifier", ""): one_line(choice.words) for choice in each.all("inlineChoice")
            }
            right = said.correct or tuple(key for key, value in said.mapped.items() if value > 0)
            right = tuple(dict.fromkeys((*right, *(key for key, value in said.mapped.items() if value > 0))))
            rows += [Row(Text(numbers[id(each)]), words.get(value, value)) for value in right]
            wrong += [text for identifier, text in words.items() if identifier not in right]
        kinds = {each.name for each in found}
        if len(kinds) > 1:
            self.note("the choices of its gaps are left out: the words are typed")
        elif wrong and len(found) > 1:
            wrong = list(dict.fromkeys(wrong))
        chosen = kinds == {"inlineChoiceInteraction"}
        return _with_gaps(self, rows, wrong if chosen else [], chosen, lambda node: f"[[{numbers.get(id(node), '?')}]]")

    def _gap_match(self, node: Node) -> Answers:
        words = {each.attributes.get("identifier", ""): one_line(each.words) for each in node.all("gapText")}
        gaps = [each for each in node.walk() if each.name == "gap"]
        numbers = {each.attributes.get("identifier", ""): str(place) for place, each in enumerate(gaps, start=1)}
        said = self.response(node)
        rows, used = [], set()
        for value in said.correct or tuple(said.mapped):
            choice, _, gap = value.partition(" ")
            if choice not in words or gap not in numbers:
                raise Unusable(f"the right pair “{value[:60]}”, which is not in the item")
            used.add(choice)
            rows.append(Row(Text(numbers[gap]), words[choice]))
        wrong = [text for identifier, text in words.items() if identifier not in used]
        return _with_gaps(self, rows, wrong, True, lambda gap: f"[[{numbers[gap.attributes.get('identifier', '')]}]]")

    def _match(self, node: Node) -> Answers:
        """Matching, or sorting where one target takes several."""
        sets = [each.all("simpleAssociableChoice") for each in node.all("simpleMatchSet")]
        if len(sets) != 2:
            raise Unusable("a match interaction without its two sets")
        prompts = {each.attributes.get("identifier", ""): text_of(each) for each in sets[0]}
        matches = {each.attributes.get("identifier", ""): one_line(each.words) for each in sets[1]}
        said = self.response(node)
        rows, used = [], []
        for value in said.correct or tuple(said.mapped):
            prompt, _, match = value.partition(" ")
            if prompt not in prompts or match not in matches:
                raise Unusable(f"the right pair “{value[:60]}”, which is not in the item")
            used.append(match)
            rows.append(Row(prompts[prompt], matches[match]))
        rows += [Row(Text(""), text) for identifier, text in matches.items() if identifier not in used]
        takes_several = any(each.attributes.get("matchMax", "1") != "1" for each in sets[1])
        sorts = takes_several or len(set(used)) < len(used)
        kind = Type.CATEGORIES if sorts and node.attributes.get("class") != MATCHING else Type.MATCHING
        return Answers(kind, pairs=tuple(rows), text=text_of(self.body))

    def _order(self, node: Node) -> Answers:
        choices = {each.attributes.get("identifier", ""): text_of(each) for each in node.all("simpleChoice")}
        right = self.response(node).correct
        if sorted(right) != sorted(choices):
            raise Unusable("a right order that does not name each choice once")
        return Answers(Type.ORDERING, tuple(Answer(choices[each], FULL) for each in right), text=text_of(self.body))

    def _points(self) -> Fraction | None:
        for each in self.node.all("outcomeDeclaration"):
            if each.attributes.get("identifier") == "MAXSCORE":
                most = weights.number(each.text_at("defaultValue", "value"))
                return Fraction(most) if most and most > 0 else None
        return None


def _with_gaps(item: Item, rows: list[Row], wrong: list[str], chosen: bool, mark: Callable[[Node], str]) -> Answers:
    options = tuple(Answer(Text(each), NONE) for each in wrong)
    text = text_of(item.body, mark)
    case_counts = not chosen and any(each.case_counts for each in item.declared.values())
    return Answers(
        Type.GAPS,
        options,
        tuple(rows),
        typed=True,
        text=text,
        finish=lambda question: replace(question, chosen=chosen, case_counts=case_counts),
    )
