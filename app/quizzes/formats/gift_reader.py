"""Reading GIFT as Moodle's importer does (qformat_gift), and what people write that it forgives."""

import re
from fractions import Fraction

from app.quizzes.formats import encodings, gift_blocks, weights
from app.quizzes.formats.collecting import MOST_ROWS, TOO_MANY_ROWS, Collector, settle, with_matches
from app.quizzes.formats.gift_blocks import Block, unmarked
from app.quizzes.formats.lines import one_line
from app.quizzes.formats.markup import Text
from app.quizzes.formats.model import ANYTHING, FULL, NONE, Option, Pair, Question, Reading, Type
from app.quizzes.formats.numbers_of import numeric_option, with_best_number

BLANK = "_____"
_FORMAT = re.compile(r"\[(html|plain|markdown|moodle)\]")
_FORMS = {"moodle": "auto", "html": "html", "plain": "plain", "markdown": "markdown"}
_WEIGHT = re.compile(r"\s*%\s*(-?[0-9.,]{1,12})\s*%(.*)", re.DOTALL)
_TRUE, _FALSE = {"T", "TRUE", "True", "true"}, {"F", "FALSE", "False", "false"}


class _Unusable(Exception):
    """A block that makes no question; the message says why."""


def read(content: bytes) -> Reading:
    """The questions of a GIFT file."""
    collector = Collector()
    try:
        text = encodings.decode(content)
    except encodings.UnreadableText as wrong:
        collector.wrong(wrong.line, wrong.what)
        return collector.reading
    category = ""
    is_empty = True
    for block in gift_blocks.blocks(text):
        is_empty = False
        if block.is_category:
            category = unmarked(block.text[len(gift_blocks.CATEGORY) :])
        elif collector.is_full:
            collector.reading.too_many(block.line)
            break
        else:
            _Block(collector, block, category).read()
    if is_empty:
        collector.wrong(1, "no question in the file")
    return collector.reading


class _Block:
    """One question being read."""

    def __init__(self, collector: Collector, block: Block, category: str) -> None:
        self.collector, self.block, self.category = collector, block, category
        self.title = ""
        self.notes: list[str] = []
        self.form = "auto"  # of the text of the question; the others have it too, unless they say
        self.texts: list[Text] = []

    def read(self) -> None:
        try:
            question = self.question()
        except _Unusable as wrong:
            named = self.block.id or self.title or unmarked(self.block.text[:80]).split("\n")[0][:60]
            self.collector.wrong(self.block.line, str(wrong), named)
            return
        self.collector.take(question, self.block.id, notes=self.notes)

    def question(self) -> Question:
        text = self.named(self.block.text)
        text, answers = self.parts(text)
        answers, mark, general = answers.rpartition("####")
        if not mark:
            answers, general = general, ""
        text = self.own_form(text)
        kind, options, pairs = self.answers(answers.strip())
        texts = [Text(unmarked(text), self.form), self.text(general)]
        shown = kind not in (Type.SHORT_ANSWER, Type.NUMERIC, Type.TRUE_FALSE)
        texts += [self.text(words) if shown else Text(unmarked(words)) for words, _, _ in options]
        texts += [self.text(feedback) for _, _, feedback in options]
        texts += [self.text(prompt) for prompt, _ in pairs]
        if not shown:  # an answer that is typed is no markup: it stays as it is, whatever the form of the question
            typed = [each.words for each in texts[2 : 2 + len(options)]]
            texts[2 : 2 + len(options)] = [Text("")] * len(options)
        words, is_plain = settle(texts, self.notes.append)
        count = len(options)
        first = words[2 : 2 + count] if shown else typed
        made = Question(
            key="",
            type=kind,
            title=self.title,
            text=words[0],
            options=tuple(
                Option(text, fraction, feedback)
                for text, (_, fraction, _), feedback in zip(first, options, words[2 + count :], strict=False)
            ),
            pairs=tuple(
                Pair(prompt, unmarked(match)) for prompt, (_, match) in zip(words[2 + 2 * count :], pairs, strict=True)
            ),
            feedback=words[1],
            tags=self.block.tags,
            line=self.block.line,
            category=self.category,
            is_plain=is_plain,
        )
        return with_best_number(made) if kind is Type.NUMERIC else with_matches(made, self.form)

    def named(self, text: str) -> str:
        """The text after the title between double colons."""
        if not text.startswith("::"):
            return text
        title, mark, rest = text[2:].partition("::")
        if not mark:
            return text[2:]
        self.title = one_line(unmarked(title))
        return rest.strip()

    def parts(self, text: str) -> tuple[str, str]:
        """The text of the question, and what stands between the braces. Words after them make it a missing word."""
        start, end = text.find("{"), text.find("}")
        if start < 0 and end < 0:
            raise _Unusable("a description, which asks nothing, is left out")
        if start < 0 or end < start:
            raise _Unusable("a brace “}” without its “{”" if start < 0 or end >= 0 else "a brace “{” without its “}”")
        before, answers, after = text[:start], text[start + 1 : end], text[end + 1 :]
        if "{" in answers:
            raise _Unusable("a brace “{” inside the answers; write it \\{")
        if "{" in after or "}" in after:
            raise _Unusable("answers in two pairs of braces, expected one; write other braces \\{ and \\}")
        return (f"{before}{BLANK}{after}" if after.strip() else before), answers

    def own_form(self, text: str) -> str:
        found = _FORMAT.match(text.lstrip())
        if not found:
            return text
        self.form = _FORMS[found[1]]
        return text.lstrip()[found.end() :]

    def text(self, marked: str) -> Text:
        """A text in the form it says, else in that of the question."""
        found = _FORMAT.match(marked.strip())
        if found:
            return Text(unmarked(marked.strip()[found.end() :]), _FORMS[found[1]])
        return Text(unmarked(marked), self.form)

    def answers(self, text: str) -> tuple[Type, list[tuple[str, Fraction, str]], list[tuple[str, str]]]:
        """The type that the answers are of; each answer with its share and feedback; the pairs."""
        if not text:
            return Type.FREE_TEXT, [], []
        if text.startswith("#"):
            return Type.NUMERIC, self.numeric(text[1:]), []
        if "~" in text:
            kind = Type.SINGLE if "=" in text else Type.MULTIPLE
            return kind, [self.weighted(each, NONE) for each in _split(text.replace("=", "~="), "~")], []
        if "=" in text and "->" in text:
            return Type.MATCHING, [], [self.pair(each) for each in _split(text, "=")]
        verdict = text.partition("#")[0].strip()
        if verdict in _TRUE | _FALSE:
            return Type.TRUE_FALSE, self.true_false(text, verdict in _TRUE), []
        return Type.SHORT_ANSWER, [self.weighted(each, FULL) for each in _split(text, "=")], []

    def weighted(self, answer: str, usual: Fraction) -> tuple[str, Fraction, str]:
        """An answer, the share it earns, its feedback."""
        if answer.startswith("="):
            answer, usual = answer[1:], FULL
        found = _WEIGHT.fullmatch(answer)
        if found:
            share = weights.fraction_of(found[1])
            if share is None:
                raise _Unusable(f"the weight %{found[1]}%, expected a number from -100 to 100")
            answer, usual = found[2], share
        text, _, feedback = answer.partition("#")
        return text.strip(), usual, feedback.strip()

    def numeric(self, text: str) -> list[tuple[str, Fraction, str]]:
        """Numbers with their tolerance; after a tilde, the feedback for every other one."""
        text, mark, rest = text.partition("~")
        answers = []
        for each in _split(text, "="):
            words, share, feedback = self.weighted(each, FULL)
            plain = unmarked(words)
            option = numeric_option(plain)
            if option is None:
                raise _Unusable(f"the numeric answer “{plain[:60]}”, expected 3, 3:2 (tolerance) or 1..5")
            answers.append((option, share, feedback))
        if not answers:
            raise _Unusable("a numeric question without an answer")
        if mark:
            answers.append((ANYTHING, NONE, rest.partition("#")[2].strip()))
        return answers

    def true_false(self, text: str, is_true: bool) -> list[tuple[str, Fraction, str]]:
        """The first feedback is for those who are wrong, the second for those who are right."""
        _, *said = text.split("#", 2)
        wrong, right = (*(each.strip() for each in said), "", "")[:2]
        return [
            ("true", FULL if is_true else NONE, right if is_true else wrong),
            ("false", NONE if is_true else FULL, wrong if is_true else right),
        ]

    def pair(self, text: str) -> tuple[str, str]:
        prompt, arrow, match = text.partition("->")
        if not arrow:
            raise _Unusable("a pair without “->” between its parts")
        return prompt.strip(), match.strip()


def _split(text: str, sign: str) -> list[str]:
    """The answers that begin with a sign; the first may go without."""
    if text.count(sign) > MOST_ROWS:
        raise _Unusable(TOO_MANY_ROWS)
    first, *others = text.split(sign)
    return [each.strip() for each in ([first] if first.strip() else []) + others]
