"""Neutral questions for property tests: of every type, with texts that try what formats escape."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

from app.quizzes.formats.model import ANYTHING, FULL, NONE, Option, Pair, Question, Type, Variable
from app.quizzes.formats.numbers_of import option_of, with_best_number

_LETTERS = st.sampled_from([*"abcéœ€ 12 _*[]{}()<>&\"'=~#:%\\->/|;,.`!?’«»\n", "::", "//", "$CATEGORY:", "####", "->"])
_SIGNS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co"), max_codepoint=0x2FFFF), max_size=6)
_PIECES = st.lists(st.one_of(_LETTERS, _SIGNS), max_size=12)
SHARES = [
    Fraction(1, 3),
    Fraction(2, 3),
    Fraction(1, 2),
    Fraction(1, 4),
    Fraction(1, 6),
    Fraction(3, 10),
    Fraction(1, 7),
]


def words(least: str = "") -> st.SearchStrategy[str]:
    """A text without spaces at its ends; `least` begins it, where it may not be empty."""
    return _PIECES.map(lambda pieces: (least + "".join(pieces)).strip())


def line(least: str = "") -> st.SearchStrategy[str]:
    """A text on one line."""
    return words(least).map(lambda text: " ".join(text.split()))


@st.composite
def _single(draw: st.DrawFn) -> dict[str, object]:
    wrong = draw(st.lists(st.tuples(words("w"), words()), min_size=1, max_size=4))
    options = [Option(text, draw(st.sampled_from([NONE, NONE, -FULL, *SHARES])), said) for text, said in wrong]
    options.insert(draw(st.integers(0, len(options))), Option(draw(words("r")), FULL, draw(words())))
    return {"type": Type.SINGLE, "options": tuple(options)}


@st.composite
def _multiple(draw: st.DrawFn) -> dict[str, object]:
    share = draw(st.sampled_from([Fraction(1, count) for count in (1, 2, 3, 4, 6, 7)]))
    right = [Option(draw(words("r")), share, draw(words())) for _ in range(share.denominator)]
    wrong = [Option(draw(words("w")), draw(st.sampled_from([NONE, -share, -FULL])), draw(words())) for _ in range(2)]
    return {"type": Type.MULTIPLE, "options": tuple(draw(st.permutations(right + wrong)))}


@st.composite
def _true_false(draw: st.DrawFn) -> dict[str, object]:
    is_true = draw(st.booleans())
    true = Option("true", Fraction(is_true), draw(words()))
    return {"type": Type.TRUE_FALSE, "options": (true, Option("false", Fraction(not is_true), draw(words())))}


def _decimals(least: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(min_value=least, max_value=10**6, places=3, allow_nan=False, allow_infinity=False)


@st.composite
def _numeric(draw: st.DrawFn) -> dict[str, object]:
    shares = [FULL, *draw(st.lists(st.sampled_from(SHARES), max_size=2))]
    options = [
        Option(option_of(str(draw(_decimals(-(10**6)))), str(draw(_decimals(0)))) or "", share, draw(words()))
        for share in shares
    ]
    if draw(st.booleans()):
        options.append(Option(ANYTHING, NONE, draw(words())))
    return {"type": Type.NUMERIC, "options": tuple(options)}


@st.composite
def _short_answer(draw: st.DrawFn) -> dict[str, object]:
    shares = [FULL, *draw(st.lists(st.sampled_from([FULL, NONE, *SHARES]), max_size=3))]
    options = [Option(draw(line("a")), share, draw(words())) for share in shares]
    return {"type": Type.SHORT_ANSWER, "options": tuple(options), "case_counts": draw(st.booleans())}


@st.composite
def _matching(draw: st.DrawFn) -> dict[str, object]:
    pairs = [Pair(draw(words("p")), draw(line("m"))) for _ in range(draw(st.integers(2, 4)))]
    pairs += [Pair("", draw(line("d"))) for _ in range(draw(st.integers(0, 2)))]
    return {"type": Type.MATCHING, "pairs": tuple(pairs)}


@st.composite
def _categories(draw: st.DrawFn) -> dict[str, object]:
    names = draw(st.lists(line("m"), min_size=1, max_size=3, unique=True))
    pairs = [Pair(draw(words("p")), draw(st.sampled_from(names))) for _ in range(draw(st.integers(2, 4)))]
    return {"type": Type.CATEGORIES, "pairs": tuple(pairs)}


@st.composite
def _ordering(draw: st.DrawFn) -> dict[str, object]:
    return {
        "type": Type.ORDERING,
        "options": tuple(Option(draw(words("o")), FULL) for _ in range(draw(st.integers(2, 5)))),
    }


@st.composite
def _gaps(draw: st.DrawFn) -> dict[str, object]:
    count = draw(st.integers(2, 4))
    plain = st.text(st.sampled_from("abc é<&=~"), min_size=1, max_size=5)
    text = "t" + "".join(f"{draw(plain)}[[{place}]]" for place in range(1, count + 1)) + "."
    pairs = tuple(Pair(str(place), draw(line("g"))) for place in range(1, count + 1))
    chosen = draw(st.booleans())
    options = tuple(Option(draw(line("w"))) for _ in range(2)) if chosen else ()
    return {"type": Type.GAPS, "text": text, "pairs": pairs, "options": options, "chosen": chosen}


_tolerance = st.one_of(
    _decimals(0).map(lambda width: {"tolerance": width}),
    st.decimals(min_value=1, max_value=100, places=1).map(lambda percent: {"relative_tolerance": percent}),
)


@st.composite
def _calculated(draw: st.DrawFn) -> dict[str, object]:
    low, high = sorted((draw(_decimals(0)), draw(_decimals(0))))
    return {
        "type": Type.CALCULATED,
        "options": (Option("{a}*1.2", FULL, draw(words())),),
        "variables": (Variable("a", low, high, draw(st.integers(0, 4))),),
        **draw(_tolerance),
    }


_TYPES = {
    Type.SINGLE: _single,
    Type.MULTIPLE: _multiple,
    Type.TRUE_FALSE: _true_false,
    Type.NUMERIC: _numeric,
    Type.SHORT_ANSWER: _short_answer,
    Type.MATCHING: _matching,
    Type.CATEGORIES: _categories,
    Type.ORDERING: _ordering,
    Type.GAPS: _gaps,
    Type.CALCULATED: _calculated,
    Type.FREE_TEXT: lambda: st.just({"type": Type.FREE_TEXT}),
}


@st.composite
def questions(draw: st.DrawFn, *types: Type) -> Question:
    """A good question of one of these types, else of any."""
    kind = draw(st.sampled_from(types or list(Type)))
    more = {"text": draw(words("T")), **draw(_TYPES[kind]())}
    made = Question(
        key="",
        title=draw(line()),
        feedback=draw(words()),
        tags=tuple(
            dict.fromkeys(
                draw(
                    st.lists(
                        st.text(st.sampled_from("abc é]["), min_size=1)
                        .map(str.strip)
                        .filter(bool)
                        .map(lambda tag: " ".join(tag.split())),
                        max_size=2,
                    )
                )
            )
        ),
        points=draw(st.sampled_from([FULL, FULL, Fraction(2), Fraction(5, 2)])),
        category=draw(st.sampled_from(["", "$course$/top/Prix"])),
        is_plain=draw(st.booleans()),
        **more,
    )
    return with_best_number(made) if kind is Type.NUMERIC else made


@st.composite
def files(draw: st.DrawFn, *types: Type) -> list[Question]:
    """Some questions, each with a key of its own."""
    drawn = draw(st.lists(questions(*types), min_size=1, max_size=3))
    return [replace(question, key=f"q-{number}") for number, question in enumerate(drawn, start=1)]
