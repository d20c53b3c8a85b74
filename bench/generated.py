"""Generated French scripts: words drawn from the shipped content, each as often as it stands there."""

import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from app.config import PROJECT

SEED = 20261124
WORDS_A_SCRIPT = 200

SCRIPT = """---
id: {id}
title: {title}
variants:
  - {variant}
category: prix
steps: [etape]
sincerity: founded
---
## Creuser — pour comprendre {{.probe}}
> « {probe} »

{note}

## Reformuler — en question {{.rephrase}}
> « {rephrase} »

## Argumenter — une preuve {{.answer}}
> « {answer} »

## Contrôler — puis se taire {{.check}}
> « {check} »
"""
STEP = """---
id: etape
title: Étape
short_title: Étape
order: 1
goal: Un but.
exit_criteria: [Un critère.]
---
Un texte.
"""

CATEGORIES = "id: categories\ntitle: Catégories\ncategories: [{id: prix, title: Prix}]\n"


def vocabulary() -> tuple[list[str], list[int]]:
    """The distinct words of the French content, the commonest first, with how often each stands there."""
    text = " ".join(path.read_text() for path in sorted((PROJECT / "content" / "fr").rglob("*.md")))
    counts = Counter(re.findall(r"[a-zàâäçéèêëîïôöùûüœ]{2,}", text.lower()))
    words = [word for word, _ in counts.most_common()]
    return words, [counts[word] for word in words]


class Writer:
    """Writes texts of a given number of words; the same seed gives the same texts."""

    def __init__(self, seed: int = SEED) -> None:
        self.words, self.weights = vocabulary()
        self.random = random.Random(seed)

    def text(self, words: int) -> str:
        """So many words, as frequent as in the content."""
        return " ".join(self.random.choices(self.words, self.weights, k=words)).capitalize()

    def rarer_word(self) -> str:
        """A word of at least four letters, each as likely as another: what people search for."""
        while len(word := self.random.choice(self.words)) < 4:
            continue
        return word


def write_scripts(folder: Path, number: int) -> None:
    """A library of `number` scripts of 200 words each, with the step they belong to."""
    writer = Writer()
    (folder / "content/fr/01-etape").mkdir(parents=True)
    (folder / "content/fr/01-etape/index.md").write_text(STEP)
    (folder / "content/fr/objections").mkdir()
    (folder / "content/fr/objections/categories.yaml").write_text(CATEGORIES)
    (folder / "quizzes/fr").mkdir(parents=True)
    for index in range(number):
        parts = {name: writer.text(words) for name, words in _SHARES.items()}
        (folder / f"content/fr/objections/script-{index}.md").write_text(SCRIPT.format(id=f"script-{index}", **parts))


_SHARES = {"title": 5, "variant": 6, "probe": 30, "note": 29, "rephrase": 30, "answer": 70, "check": 30}


def queries(number: int) -> Iterator[str]:
    """Two words, the last one only begun: what somebody has typed so far."""
    writer = Writer(SEED + 1)
    for _ in range(number):
        last = writer.rarer_word()
        yield f"{writer.rarer_word()} {last[: writer.random.randint(3, len(last))]}"


def mistakes(number: int) -> Iterator[str]:
    """A word of at least six letters with two of them changed about: what nobody wrote."""
    writer = Writer(SEED + 2)
    known = set(writer.words)
    while number:
        word = writer.rarer_word()
        place = writer.random.randrange(1, max(2, len(word) - 2))
        wrong = word[:place] + word[place + 1 : place + 2] + word[place] + word[place + 2 :]
        if len(word) >= 6 and wrong not in known:
            number -= 1
            yield wrong
