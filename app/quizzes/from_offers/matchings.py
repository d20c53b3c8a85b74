"""Matchings: characteristics with their advantages and their proofs, competitors and limits with what to answer."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.quizzes.from_offers.facts import Named, groups, ranked
from app.quizzes.from_offers.suggestions import Making, Suggestion, plain
from app.quizzes.from_offers.wording import Asked
from app.quizzes.wording import essence

MOST_PAIRS = 5  # more are tiring on a phone


@dataclass(frozen=True)
class _Pair:
    prompt: str
    match: str
    feedback: str


def matchings(making: Making) -> Iterator[Suggestion]:
    """Every matching that the offer's facts give."""
    words, offer = making.words, making.offer
    others = [row for sibling in making.siblings for row in sibling.facts.characteristics]
    advantages = [
        Named(each.name, _Pair(each.row.name, each.row.advantage, words.its_proof.format(proof=plain(each.row.proof))))
        for each in offer.characteristics
    ]
    foreign = [row.advantage for row in others]
    yield from _matchings(making, "advantages", "characteristics", words.advantages, advantages, foreign)
    proofs = [
        Named(
            each.name,
            _Pair(each.row.name, each.row.proof, words.it_proves.format(advantage=plain(each.row.advantage))),
        )
        for each in offer.characteristics
    ]
    foreign = [row.proof for row in others]
    yield from _matchings(making, "proofs", "characteristics", words.proofs, proofs, foreign)
    answers = [
        Named(
            each.name,
            _Pair(each.row.limit, each.row.answer, words.what_you_answer.format(answer=plain(each.row.answer))),
        )
        for each in offer.limits
    ]
    foreign = [row.answer for sibling in making.siblings for row in sibling.facts.limits]
    yield from _matchings(making, "limit-answers", "limits", words.limit_answers, answers, foreign)
    yield from _facing_competitors(making)


def _facing_competitors(making: Making) -> Iterator[Suggestion]:
    """Distractors come from competitors that the offer does not have: of its own, another sheet may say the same."""
    words, offer = making.words, making.offer
    own = {each.name for each in offer.competitors}
    others = [each.row for sibling in making.siblings for each in sibling.competitors if each.name not in own]
    weaknesses = [
        Named(
            each.name,
            _Pair(each.row.name, each.row.weakness, words.what_you_answer.format(answer=plain(each.row.answer))),
        )
        for each in offer.competitors
    ]
    foreign = [row.weakness for row in others]
    yield from _matchings(making, "weaknesses", "competitors", words.weaknesses, weaknesses, foreign)
    colon = " :" if words.language == "fr" else ":"
    objections = [
        Named(
            each.name,
            _Pair(
                f"{each.row.name}{colon} {each.row.strength}",
                each.row.answer,
                words.its_weakness.format(weakness=plain(each.row.weakness)),
            ),
        )
        for each in offer.competitors
    ]
    foreign = [row.answer for row in others]
    yield from _matchings(making, "objections", "competitors", words.objections, objections, foreign)


def _matchings(
    making: Making, key: str, part: str, asked: Asked, rows: list[Named[_Pair]], foreign: Iterable[str]
) -> Iterator[Suggestion]:
    """One matching, or several of about one size. Two pairs alike, or one pair alone, are nothing to match."""
    if len(rows) < 2:
        return
    own = {essence(each.row.match) for each in rows}
    distractors = ranked({plain(text) for text in foreign if essence(text) not in own}, key)
    parts = groups(rows, MOST_PAIRS)
    for number, group in enumerate(parts, start=1):
        if len({essence(each.row.match) for each in group}) < len(group):
            continue
        values = {
            "text": asked.text.format(offer=plain(making.offer.title)),
            "pairs": [
                {"prompt": plain(each.row.prompt), "match": plain(each.row.match), "feedback": each.row.feedback}
                for each in group
            ],
            "if_right": asked.right,
            "if_wrong": asked.wrong,
        }
        wrong = distractors[2 * (number - 1) : 2 * number] if len(group) < 3 else distractors[number - 1 : number]
        if wrong:
            values["wrong"] = wrong
        title = asked.title.format(offer=making.offer.title) + (f" ({number})" if len(parts) > 1 else "")
        yield making.suggestion("matching", f"{key}-{number}", part, "", title, values)
