"""Who picked which option of every choice of a quiz, counted while the answers go by."""

import json
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from app.quizzes import replies
from app.quizzes.questions import Question
from app.quizzes.replies import Chosen, Judged
from app.quizzes.statistics import answer_counts
from app.quizzes.statistics.answer_counts import Counts, Thirds
from app.quizzes.statistics.forms_asked import Forms
from app.quizzes.statistics.sittings import Sitting

Option = int | bool


class OptionCounts:
    """By question and option, how many of the lower, middle and upper third."""

    def __init__(
        self, forms: Forms, chosen: Sequence[Sitting], questions: Mapping[str, Question], third: Sequence[int]
    ) -> None:
        self._forms, self._chosen, self._third = forms, chosen, third
        self.shares: dict[str, dict[Option, Fraction]] = {
            key: shares
            for key, question in questions.items()
            if (shares := answer_counts.shares_of(question)) is not None
        }
        self._picked: dict[str, dict[Option, list[int]]] = {key: {} for key in self.shares}
        self._replied: dict[str, list[int]] = {key: [0, 0, 0] for key in self.shares}
        self._read: dict[object, tuple[Option, ...]] = {}

    def add(self, row: int, key: str, written: str) -> None:
        """Count one reply, as its JSON text; one to another form of the question does not count."""
        sitting = self._chosen[row]
        if key not in self._picked:
            return
        if (sitting.sheet or sitting.regraded_by) and not self._forms.is_same(sitting, key):
            return
        case = (written, *sitting.source(key), key) if sitting.regraded_by else written
        options = self._read.get(case)
        if options is None:
            options = self._read[case] = self._options(sitting, key, written)
        third = self._third[row]
        if options:
            self._replied[key][third] += 1
        picked = self._picked[key]
        for option in options:
            if option not in picked:
                picked[option] = [0, 0, 0]
            picked[option][third] += 1

    def _options(self, sitting: Sitting, key: str, written: str) -> tuple[Option, ...]:
        reply = self._forms.carried(sitting, key, replies.from_json(json.loads(written)))
        match reply:
            case Chosen(options):
                return tuple(sorted(options))
            case Judged(answer):
                return (answer,)
            case _:
                return ()

    def counts(self, asked: Mapping[str, Sequence[int]]) -> dict[str, Counts]:
        """The counts of each choice; `asked` are the rows of those that not all were asked."""
        everybody = _sizes(self._third)
        found = {}
        for key, shares in self.shares.items():
            sizes = _sizes(self._third[row] for row in asked[key]) if key in asked else everybody
            lower, middle, upper = (size - told for size, told in zip(sizes, self._replied[key], strict=True))
            picked: dict[Option, Thirds] = {
                option: (each[0], each[1], each[2]) for option, each in self._picked[key].items()
            }
            found[key] = answer_counts.of_options(shares, picked, sizes, (lower, middle, upper))
        return found


def _sizes(third: Iterable[int]) -> Thirds:
    sizes = [0, 0, 0]
    for each in third:
        sizes[each] += 1
    return sizes[0], sizes[1], sizes[2]
