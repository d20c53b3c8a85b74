"""A finding, and findings of one sort. Higher rooms bring theirs through the slot `library_health`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing to look after: what, why, and the action that mends it. `language` is that of `what`, if it has one;
    `beside` are the words and the address of a page that says more."""

    what: str
    why: str
    action: str
    address: str
    language: str | None = None
    beside: tuple[str, str] | None = None


@dataclass(frozen=True)
class Group:
    """Findings of one sort, the most pressing first. `name` is part of an address, `short` a label beside a count."""

    name: str
    icon: str
    title: str
    short: str
    why: str
    findings: tuple[Finding, ...]
    order: int = 50
    total: int = 0

    @property
    def count(self) -> int:
        """How many there are, of which `findings` may be the first."""
        return max(self.total, len(self.findings))

    @property
    def address(self) -> str:
        """The page with all of them."""
        return f"/library/health?only={self.name}"
