"""Things of a question that cannot be told apart, or that are right and wrong at once."""

from collections.abc import Iterable, Sequence

from app.library.kinds import Finding
from app.quizzes.questions import CategoriesQuestion, GapsQuestion, MatchingQuestion, OrderingQuestion, Question

Field = tuple[str | int, ...]


def check_repeats(question: Question, here: Field) -> Iterable[Finding]:
    """What stands twice in a question, for the type that it is."""
    if hasattr(question, "options"):
        texts = [option.text for option in question.options]
        yield from no_repeats(texts, (*here, "options"), "option", "text")
    match question:
        case MatchingQuestion():
            yield from _check_pairs(question, here)
        case OrderingQuestion():
            yield from no_repeats(question.items, (*here, "items"), "item")
        case CategoriesQuestion():
            yield from _check_categories(question, here)
        case GapsQuestion():
            yield from _check_words(question, here)


def no_repeats(texts: Sequence[str], field: Field, noun: str, *key: str) -> Iterable[Finding]:
    """Each text differs from the others by more than spaces."""
    known: dict[str, int] = {}
    for place, written in enumerate(texts):
        text = _plain(written)
        if text in known:
            yield Finding(f"{noun} {place + 1} repeats {noun} {known[text] + 1}", "another text", (*field, place, *key))
        known.setdefault(text, place)


def _check_pairs(question: MatchingQuestion, here: Field) -> Iterable[Finding]:
    yield from no_repeats([pair.prompt for pair in question.pairs], (*here, "pairs"), "pair", "prompt")
    yield from no_repeats(question.wrong, (*here, "wrong"), "wrong match")
    right = {_plain(pair.match): number for number, pair in enumerate(question.pairs, start=1)}
    for place, wrong in enumerate(question.wrong):
        if number := right.get(_plain(wrong)):
            what = f"“{wrong}” among the wrong matches is the match of pair {number}"
            yield Finding(what, "a match that belongs to no pair", (*here, "wrong", place))
    if len(right) + len(question.wrong) < 2:
        yield Finding("all pairs have one match", "another match, or a wrong one, to choose from", (*here, "pairs"))


def _check_categories(question: CategoriesQuestion, here: Field) -> Iterable[Finding]:
    names = [category.name for category in question.categories]
    yield from no_repeats(names, (*here, "categories"), "category", "name")
    known: dict[str, str] = {}
    for row, category in enumerate(question.categories):
        for number, item in enumerate(category.items):
            if _plain(item) in known:
                what = f"“{item}” stands in “{known[_plain(item)]}” already"
                yield Finding(what, "each thing in one category, once", (*here, "categories", row, "items", number))
            known.setdefault(_plain(item), category.name)


def _check_words(question: GapsQuestion, here: Field) -> Iterable[Finding]:
    """The words to choose from: none of the wrong ones fills a gap."""
    if question.wrong and not question.choose:
        yield Finding("wrong words where words are typed", "“choose: true”, or no wrong word", (*here, "wrong"))
    yield from no_repeats(question.wrong, (*here, "wrong"), "wrong word")
    right = {
        _plain(word): number for number, gap in reversed([*enumerate(question.gaps, start=1)]) for word in gap.accepted
    }
    for place, wrong in enumerate(question.wrong):
        if number := right.get(_plain(wrong)):
            yield Finding(
                f"“{wrong}” among the wrong words is accepted in gap {number}",
                "a word that fills no gap",
                (*here, "wrong", place),
            )
    if question.choose and len(right) + len(question.wrong) < 2:
        yield Finding("one word to choose from", "wrong words beside it", (*here, "gaps"))


def _plain(text: str) -> str:
    return " ".join(text.split())
