"""What every question has, and the small parts that several types share."""

import re
from fractions import Fraction
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from app.library.kinds import ID, Line, Words

ALL, NOTHING = Fraction(1), Fraction(0)
_SHARE = re.compile(r"-?(?:[0-9]{1,4}/[1-9][0-9]{0,3}|[01](?:\.[0-9]{1,9})?)")


class Part(BaseModel):
    """A frozen piece of a quiz; an unknown key is refused, so that a typing mistake is found."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def _share(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not _SHARE.fullmatch(value) or abs(Fraction(value)) > 1:
        raise ValueError(f'{str(value)[:20]!r}; expected a share of the points from -1 to 1, such as "1/3" or "0.5"')
    return value


# A share of the points, exact, as it is written: "1/3", "-0.25", "1".
Share = Annotated[str, BeforeValidator(_share)]


def _tag(value: str) -> str:
    if "," in value or not any(letter.isalnum() for letter in value):
        raise ValueError(f"the tag “{value[:40]}”; expected words without a comma")
    return value


Tag = Annotated[Line, AfterValidator(_tag), Field(max_length=60)]


class Base(Part):
    """What every question has.

    `read_again` is the link to where its answer is explained. `hints` are given one at a time, each at the cost that
    the quiz names. `picture` is an address as in Markdown, `picture_alt` what it shows, for who cannot see it.
    `made_from` names the fact of an offer that the question was made from: `offer:lumio-atelier#prices-pose`.
    """

    key: str = Field(pattern=ID, max_length=120)
    title: Words = Field(max_length=120)
    text: Words
    read_again: str
    points: int = Field(default=1, ge=1, le=100)
    tags: list[Tag] = Field(default=[], max_length=20)
    hints: list[Words] = Field(default=[], max_length=5)
    picture: Line | None = Field(default=None, max_length=300)
    picture_alt: Line | None = Field(default=None, max_length=300)
    made_from: str | None = Field(default=None, max_length=250)

    @model_validator(mode="after")
    def _a_picture_is_described(self) -> "Base":
        if self.picture and not self.picture_alt:
            raise ValueError("a picture without “picture_alt”; expected what it shows, for who cannot see it")
        return self


class Told(Base):
    """A question that says one thing to a right reply and another to a wrong one."""

    if_right: Words
    if_wrong: Words
