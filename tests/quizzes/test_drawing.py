"""What is drawn for an attempt: as many questions as there are, none twice, in an order that gives nothing away."""

from collections import Counter
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.quizzes import arrangement
from app.quizzes.attempting import drawing
from app.quizzes.attempting.composition import keyed_by_bank
from app.quizzes.attempting.drawing import Source
from app.quizzes.documents import BankFacts, QuizFacts
from tests.quizzes.question_factories import written_question

TAGS = ("prix", "marge", "offre")


def question(key: str, *tags: str, kind: str = "true_false", **changes: Any) -> dict[str, Any]:
    return written_question(kind, key=key, tags=list(tags), **changes)


def quiz(*questions: dict[str, Any], **front: Any) -> QuizFacts:
    values = {"id": "quiz", "title": "Quiz", "step": "etape", "pass_mark": 80, "questions": list(questions), **front}
    return QuizFacts.model_validate(values, strict=False)


def source(*questions: dict[str, Any], bank: str = "banque", revision: int = 7) -> Source:
    facts = BankFacts.model_validate({"id": bank, "title": "Banque", "questions": list(questions)}, strict=False)
    return Source(revision, keyed_by_bank(bank, facts))


def section(draw: int | None = None, *tags: str, bank: str | None = None) -> dict[str, Any]:
    return {"title": "Une partie", "draw": draw, "tags": list(tags), "bank": bank}


def test_a_quiz_that_asks_everybody_the_same_draws_nothing() -> None:
    facts = quiz(question("a"), question("b", kind="single"), question("c", kind="numeric"))
    assert drawing.draw(facts, {}, Random(1)) is None


def test_a_shuffled_quiz_asks_all_its_questions_in_any_order() -> None:
    facts = quiz(*(question(key) for key in "abcd"), shuffle=True)
    orders = {tuple(drawing.draw(facts, {}, Random(seed))["questions"]) for seed in range(300)}  # type: ignore[index]
    assert len(orders) == 24


def test_sections_follow_each_other_and_keep_the_order_of_the_file() -> None:
    facts = quiz(
        *(question(f"q{place}", "prix" if place % 2 else "marge") for place in range(8)),
        sections=[section(2, "prix"), section(None, "marge")],
    )
    for seed in range(20):
        sheet = drawing.draw(facts, {}, Random(seed))
        assert sheet is not None
        assert sheet["sections"] == [2, 4]
        assert sheet["questions"][2:] == ["q0", "q2", "q4", "q6"]
        assert sheet["questions"][:2] == sorted(sheet["questions"][:2])


def test_a_shuffle_stays_within_its_section() -> None:
    facts = quiz(
        *(question(f"q{place}", "prix" if place % 2 else "marge") for place in range(8)),
        sections=[section(None, "prix"), section(None, "marge")],
        shuffle=True,
    )
    sheet = drawing.draw(facts, {}, Random(3))
    assert sheet is not None
    assert sorted(sheet["questions"][:4]) == ["q1", "q3", "q5", "q7"] != sheet["questions"][:4]


def test_a_bank_pins_its_revision_and_its_questions_carry_its_name() -> None:
    facts = quiz(sections=[section(2, bank="banque")])
    sheet = drawing.draw(facts, {"banque": source(question("a"), question("b"), question("c"))}, Random(1))
    assert sheet is not None
    assert sheet["sources"] == {"banque": 7}
    assert set(sheet["questions"]) < {"banque/a", "banque/b", "banque/c"}


def test_a_bank_with_too_few_questions_gives_all_it_has() -> None:
    facts = quiz(sections=[section(5, "prix", bank="banque"), section(9, bank="absente")])
    sheet = drawing.draw(facts, {"banque": source(question("a", "prix"), question("b"))}, Random(1))
    assert sheet is not None
    assert (sheet["questions"], sheet["sections"]) == (["banque/a"], [1, 0])


def test_every_question_of_a_bank_is_as_likely() -> None:
    facts = quiz(sections=[section(2, bank="banque")])
    banks = {"banque": source(*(question(key) for key in "abcde"))}
    drawn = Counter(key for seed in range(2000) for key in drawing.draw(facts, banks, Random(seed))["questions"])  # type: ignore[index]
    assert all(abs(times - 800) < 120 for times in drawn.values())


def test_a_section_leaves_to_another_what_only_that_one_can_ask() -> None:
    """Any two, then the one about prices: whatever is drawn first, three are asked."""
    facts = quiz(question("a", "prix"), question("b"), question("c"), sections=[section(2), section(1, "prix")])
    for seed in range(30):
        sheet = drawing.draw(facts, {}, Random(seed))
        assert sheet is not None
        assert sheet["questions"] == ["b", "c", "a"]


tagged = st.lists(st.lists(st.sampled_from(TAGS), unique=True), min_size=1, max_size=9)
sections = st.lists(
    st.tuples(st.integers(1, 4), st.lists(st.sampled_from(TAGS), unique=True), st.booleans()), min_size=1, max_size=4
)


@given(tagged, tagged, sections, st.integers(0, 2**32), st.booleans())
def test_no_question_is_asked_twice_and_each_fits_its_section(
    own: list[list[str]], banked: list[list[str]], drawn: list[Any], seed: int, shuffle: bool
) -> None:
    facts = quiz(
        *(question(f"q{place}", *tags) for place, tags in enumerate(own)),
        sections=[section(several, *tags, bank="banque" if of_bank else None) for several, tags, of_bank in drawn],
        shuffle=shuffle,
    )
    bank = source(*(question(f"q{place}", *tags) for place, tags in enumerate(banked)))
    sheet = drawing.draw(facts, {"banque": bank}, Random(seed))
    assert sheet is not None
    asked = sheet["questions"]
    assert len(set(asked)) == len(asked) == sum(sheet["sections"])
    every = {**{each.key: each for each in facts.questions}, **bank.questions}
    first = 0
    for each, several in zip(facts.sections, sheet["sections"], strict=True):
        part = asked[first : first + several]
        first += several
        assert several <= (each.draw or 0)
        assert all(set(each.tags) <= set(every[key].tags) for key in part)
        assert all(("/" in key) is (each.bank is not None) for key in part)


@given(tagged, sections, st.integers(0, 2**32))
def test_as_many_as_possible_are_asked(own: list[list[str]], drawn: list[Any], seed: int) -> None:
    """What Hall's theorem allows: for some of the sections, no fewer than the questions that fit one of them."""
    facts = quiz(
        *(question(f"q{place}", *tags) for place, tags in enumerate(own)),
        sections=[section(several, *tags) for several, tags, _ in drawn],
    )
    sheet = drawing.draw(facts, {}, Random(seed))
    assert sheet is not None
    fitting = [{each.key for each in facts.questions if set(part.tags) <= set(each.tags)} for part in facts.sections]
    most = min(
        sum(facts.sections[place].draw or 0 for place in range(len(fitting)) if not chosen >> place & 1)
        + len(set().union(*(fitting[place] for place in range(len(fitting)) if chosen >> place & 1)))
        for chosen in range(2 ** len(fitting))
    )
    assert len(sheet["questions"]) == most


def test_options_are_shuffled_where_the_quiz_and_the_question_allow() -> None:
    facts = quiz(
        question("free", kind="multiple"),
        question("kept", kind="multiple", shuffle=False),
        question("yes", kind="true_false"),
        shuffle_options=True,
    )
    orders = set()
    for seed in range(200):
        sheet = drawing.draw(facts, {}, Random(seed))
        assert sheet is not None
        assert list(sheet["options"]) == ["free"]
        orders.add(tuple(sheet["options"]["free"]))
    assert len(orders) == 24


@pytest.mark.parametrize("kind", ["ordering", "matching", "categories"])
def test_what_is_to_be_arranged_never_stands_as_in_the_file(kind: str) -> None:
    facts = quiz(question("a", kind=kind), question("b", kind="gaps", choose=True))
    for seed in range(100):
        sheet = drawing.draw(facts, {}, Random(seed))
        assert sheet is not None
        for each in facts.questions:
            order = sheet["options"][each.key]
            assert sorted(order) == list(range(arrangement.count(each))) != order
            assert arrangement.shown_order(each, order) == order


def test_the_values_of_a_calculated_question_are_drawn_and_kept_as_they_are_written() -> None:
    sheet = drawing.draw(quiz(question("a", kind="calculated")), {}, Random(5))
    assert sheet is not None
    values = sheet["values"]["a"]
    assert set(values) == {"ht", "taux"}
    assert 10 <= float(values["ht"]) <= 99
    assert len(values["ht"].partition(".")[2]) == 2


def test_no_more_than_two_hundred_are_asked() -> None:
    bank = source(*(question(f"q{place}") for place in range(300)))
    facts = quiz(sections=[section(150, bank="banque"), section(150, bank="banque")])
    sheet = drawing.draw(facts, {"banque": bank}, Random(1))
    assert sheet is not None
    assert sheet["sections"] == [150, 50]
