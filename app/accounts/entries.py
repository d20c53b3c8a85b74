"""What is typed about people, cleaned or refused with a sentence: one set of rules for pages, imports, commands."""

import unicodedata

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext as _l

from app.accounts.actor import Role
from app.core.errors import InvalidInput
from app.core.folding import fold

LONGEST_EMAIL = 254
LONGEST_NAME = 120
_INSIDE = ".local"
# Signs that turn the direction of what follows, on the reader's whole line.
_TURNS = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")

EXPECTED_EMAIL = _l("expected an address such as marie.durand@example.org")
EXPECTED_NAME = _l("expected a name of 1 to 120 characters")
EXPECTED_ROLE = _l("expected rep, manager or administrator")

_ROLE_WORDS = {
    Role.REP: ("rep", "commercial", "commerciale"),
    Role.MANAGER: ("manager", "manageur", "manageuse", "responsable"),
    Role.ADMINISTRATOR: ("administrator", "administrateur", "administratrice", "admin"),
}
_ROLES = {word: role for role, words in _ROLE_WORDS.items() for word in words}


def email(text: str) -> str:
    """An address in lower case. Raises InvalidInput.

    Addresses inside a company (`.local`, `.lan`) are accepted; a domain without a dot is taken for a typing mistake.
    """
    typed = text.strip()
    inside = typed.lower().endswith(_INSIDE)  # which the validator refuses, as no mail from outside gets there
    try:
        found = validate_email(
            typed.lower().removesuffix(_INSIDE) + ".lan" if inside else typed, check_deliverability=False
        )
    except EmailNotValidError as wrong:
        raise InvalidInput(_l("This is not an e-mail address."), expected=EXPECTED_EMAIL) from wrong
    address = found.normalized.lower()
    if inside:
        address = address.removesuffix(".lan") + _INSIDE
    if len(address) > LONGEST_EMAIL:
        raise InvalidInput(_l("This is not an e-mail address."), expected=EXPECTED_EMAIL)
    return address


def name(text: str) -> str:
    """A person's or a team's name, with single spaces. Raises InvalidInput when empty, too long, or unprintable."""
    cleaned = " ".join(unicodedata.normalize("NFC", text).split())
    if not cleaned:
        raise InvalidInput(_l("The name is missing."), expected=EXPECTED_NAME)
    if len(cleaned) > LONGEST_NAME:
        raise InvalidInput(_l("The name is too long."), expected=EXPECTED_NAME)
    kinds = {unicodedata.category(letter) for letter in cleaned}
    turned = any(unicodedata.bidirectional(letter) in _TURNS for letter in cleaned)
    if turned or kinds & {"Cc", "Cs", "Co", "Cn"} or not any(kind[0] in "LN" for kind in kinds):
        raise InvalidInput(_l("The name holds characters that cannot be shown."), expected=EXPECTED_NAME)
    return cleaned


def role(text: str) -> Role:
    """The role a word names, in English or French; an empty word is a rep. Raises InvalidInput."""
    word = fold(text)
    if not word:
        return Role.REP
    if word not in _ROLES:
        raise InvalidInput(_l("There is no such role."), expected=EXPECTED_ROLE)
    return _ROLES[word]


def as_typed(text: str | None) -> str:
    """An address as somebody typed it, for looking it up: never refused, at worst nobody's."""
    return "".join(letter for letter in (text or "").strip().lower()[: LONGEST_EMAIL + 1] if letter.isprintable())
