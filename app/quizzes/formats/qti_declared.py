"""What a QTI item declares of a response."""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from app.quizzes.formats import weights
from app.quizzes.formats.lines import one_line
from app.quizzes.formats.xml_source import Node


@dataclass(frozen=True)
class Declared:
    """What is declared of a response: the right values in order, what each value earns, and of what kind they are."""

    correct: tuple[str, ...] = ()
    mapped: dict[str, Decimal] = field(default_factory=dict)
    base_type: str = "identifier"
    cardinality: str = "single"
    case_counts: bool = False
    default: Decimal = Decimal(0)


def declared(node: Node) -> Declared:
    """What a `<responseDeclaration>` says."""
    correct = node.first("correctResponse")
    mapping = node.first("mapping")
    entries = mapping.all("mapEntry") if mapping else []
    return Declared(
        tuple(one_line(each.words) for each in correct.all("value")) if correct else (),
        {
            one_line(each.attributes.get("mapKey", "")): weights.number(each.attributes.get("mappedValue", "0"))
            or Decimal(0)
            for each in entries
        },
        node.attributes.get("baseType", "identifier"),
        node.attributes.get("cardinality", "single"),
        any(each.attributes.get("caseSensitive") == "true" for each in entries),
        (weights.number(mapping.attributes.get("defaultValue", "0")) if mapping else None) or Decimal(0),
    )


def rounded(share: Fraction) -> Fraction:
    """The share that was written with a limited number of decimals."""
    return weights.share_of(Decimal(share.numerator) / Decimal(share.denominator)) if share.denominator > 20 else share
