"""What steps, plays and offers hold: the kinds this room brings to the library."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Any, Literal

from flask_babel import lazy_gettext as _l
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from app.library.kinds import Draft, Finding, FrontMatter, Kind, Passage, Words, blocks_as_passages
from app.playbook import skeletons

WORDS_A_MINUTE = 200
MOST_WORDS = 900
BLOCKS = ("know", "say", "show", "do")
# The fixed parts of an offer's page, by their anchors.
OFFER_PARTS = {
    "characteristics": _l("Characteristics"),
    "limits": _l("Limits"),
    "prices": _l("Prices"),
    "competitors": _l("Competition"),
}


def exact_decimal(value: Any) -> Decimal:
    """A number from a quoted text or a plain YAML number, exact either way."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise ValueError(f'{value!r}; expected a number in quotes, such as "390.00"')
    if isinstance(value, str) and not re.fullmatch(r"-?\d{1,15}(\.\d{1,9})?", value):
        raise ValueError(f'{value!r}; expected digits and a point, such as "390.00"')
    number = Decimal(value)
    if abs(number) >= 10**15 or int(number.as_tuple().exponent) < -9:
        raise ValueError(f"{str(value)[:20]}; expected at most 15 digits and 9 decimals")
    return number


Exact = Annotated[Decimal, BeforeValidator(exact_decimal)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class StepFacts(FrontMatter):
    """A step's front matter."""

    short_title: Words = Field(max_length=12)
    order: int = Field(ge=1, le=99)
    goal: Words
    exit_criteria: list[Words] = Field(min_length=1)


class StepCard(BaseModel):
    """What lists show of a step."""

    order: int
    short_title: str
    goal: str


class PlayFacts(FrontMatter):
    """A play's front matter."""

    order: int = Field(ge=1, le=99)
    summary: Words


class PlayCard(BaseModel):
    """What lists show of a play; `minutes` is its reading time."""

    order: int
    summary: str
    minutes: int
    owner: str | None


class Characteristic(_Part):
    """A row of the CAP table."""

    name: Words
    value: str | None = None
    advantage: Words
    benefit: str | None = None
    proof: Words
    motives: list[Literal["securite", "orgueil", "nouveaute", "confort", "argent", "sympathie", "environnement"]] = []


class Limit(_Part):
    """What an offer does not do, and what to answer."""

    limit: Words
    answer: Words


class Price(_Part):
    """A price; `vat_rate` in percent."""

    item: Words
    amount: Exact = Field(ge=0)
    currency: str = Field(default="EUR", pattern=r"^[A-Z]{3}$")
    unit: str | None = None
    tax: Literal["excluded", "included"]
    vat_rate: Exact = Field(ge=0, le=100)
    note: str | None = None


class Competitor(_Part):
    """Who else sells something like it, and what to say."""

    name: Words
    strength: Words
    weakness: Words
    answer: Words


class OfferFacts(FrontMatter):
    """An offer's front matter."""

    order: int = Field(ge=1, le=99)
    nature: Literal["product", "service"]
    summary: Words
    for_whom: list[Words] = Field(min_length=1)
    characteristics: list[Characteristic] = Field(min_length=1)
    limits: list[Limit] = Field(min_length=1)
    prices: list[Price] = Field(min_length=1)
    competitors: list[Competitor] = Field(default=[])


class OfferCard(BaseModel):
    """What lists show of an offer."""

    order: int
    nature: str
    summary: str


def _step_card(draft: Draft) -> StepCard:
    facts: StepFacts = draft.facts
    return StepCard(order=facts.order, short_title=facts.short_title, goal=facts.goal)


def _play_card(draft: Draft) -> PlayCard:
    facts: PlayFacts = draft.facts
    minutes = max(1, -(-draft.words // WORDS_A_MINUTE))
    return PlayCard(order=facts.order, summary=facts.summary, minutes=minutes, owner=facts.owner)


def _offer_card(draft: Draft) -> OfferCard:
    facts: OfferFacts = draft.facts
    return OfferCard(order=facts.order, nature=facts.nature, summary=facts.summary)


def _check_play(draft: Draft) -> Iterable[Finding]:
    for block in draft.blocks:
        if block.name and not block.html.strip():
            yield Finding(f"nothing under “{block.heading}”", "the text of this block", block=block.name)
    if draft.words > MOST_WORDS:
        yield Finding(f"{draft.words} words", f"a play read in under five minutes: at most {MOST_WORDS} words", line=1)


def _step_passages(draft: Draft) -> list[Passage]:
    facts: StepFacts = draft.facts
    return [Passage("", "", " ".join((facts.goal, *facts.exit_criteria))), *blocks_as_passages(draft)]


def _play_passages(draft: Draft) -> list[Passage]:
    return [Passage("", "", draft.facts.summary), *blocks_as_passages(draft)]


def _offer_passages(draft: Draft) -> list[Passage]:
    facts: OfferFacts = draft.facts
    rows = {
        "": " ".join((facts.summary, *facts.for_whom)),
        "characteristics": " ".join(
            " ".join(filter(None, (row.name, row.value, row.advantage, row.benefit, row.proof)))
            for row in facts.characteristics
        ),
        "limits": " ".join(f"{row.limit} {row.answer}" for row in facts.limits),
        "prices": " ".join(f"{row.item} {row.amount}" for row in facts.prices),
        "competitors": " ".join(f"{row.name} {row.answer}" for row in facts.competitors),
    }
    return [*(Passage(anchor, "", text) for anchor, text in rows.items()), *blocks_as_passages(draft)]


STEP = Kind(
    name="step",
    place=re.compile(r"\d\d-[^/]+/index\.md"),
    facts=StepFacts,
    card_model=StepCard,
    card=_step_card,
    address="/steps/{id}",
    passages=_step_passages,
    label=_l("step"),
    plural=_l("steps"),
    icon="stairs-up",
    skeleton=skeletons.step,
    new_path=skeletons.step_path,
)
PLAY = Kind(
    name="play",
    place=re.compile(r"\d\d-[^/]+/(?!index\.md$)[^/]+\.md"),
    facts=PlayFacts,
    card_model=PlayCard,
    card=_play_card,
    address="/plays/{id}",
    required_blocks=BLOCKS,
    needs_step_beside=True,
    check=_check_play,
    passages=_play_passages,
    label=_l("play"),
    plural=_l("plays"),
    icon="file-text",
    skeleton=skeletons.play,
    new_path=skeletons.play_path,
    is_acknowledged=True,
)
OFFER = Kind(
    name="offer",
    place=re.compile(r"(?:offres|offers)/[^/]+\.md"),
    facts=OfferFacts,
    card_model=OfferCard,
    card=_offer_card,
    address="/offers/{id}",
    fixed_anchors=tuple(OFFER_PARTS),
    anchor_titles=OFFER_PARTS,
    passages=_offer_passages,
    label=_l("offer"),
    plural=_l("offers"),
    icon="package",
    skeleton=skeletons.offer,
    new_path=skeletons.offer_path,
)
