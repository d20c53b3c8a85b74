"""Which passwords are accepted. Length counts, composition does not (NIST SP 800-63B, 5.1.1.2)."""

from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.folding import fold

SHORTEST = 10
LONGEST = 200

RULES = _l(
    "At least 10 characters: a few words together are easy to remember and hard to guess. "
    "Your e-mail address and the passwords that everybody uses are refused."
)

# The commonest of ten characters and more in published lists, French and English, and what a seller would try first.
_COMMONEST = frozenset(
    """
    1234567890 0123456789 0987654321 1234567891 12345678910 123456789a a123456789 1q2w3e4r5t 1qaz2wsx3edc q1w2e3r4t5
    qwertyuiop azertyuiop qsdfghjklm azerty1234 azerty12345 azerty123456 qwerty1234 qwerty12345 qwerty123456
    password12 password123 password1234 passw0rd123 p@ssw0rd123 motdepasse motdepasse1 motdepasse12 motdepasse123
    monmotdepasse bonjour123 bonjour1234 jetaime123 doudou1234 loulou1234 marseille13 bienvenue1 bienvenue123
    welcome123 welcome1234 letmein123 iloveyou123 iloveyou12 administrator administrateur administrateur1 admin12345
    admin123456 changeme123 changezmoi abcdefghij abcdef1234 abcd123456 football123 princess123 basketball liverpool1
    commercial commercial1 commercial123 vendeur123 escalier123 palier1234 palier12345 palierpalier superman123
    """.split()
)


def problem_with(password: str, email: str) -> Any | None:
    """Why a password is refused, as a sentence, or None when it is good. `email` is its owner's."""
    if len(password) < SHORTEST:
        return _l("This password is too short: at least 10 characters are needed.")
    if len(password) > LONGEST:
        return _l("This password is too long: at most 200 characters.")
    folded = fold(password)
    if folded in (email, email.partition("@")[0]):
        return _l("Your e-mail address cannot be your password.")
    if folded in _COMMONEST or len(set(folded)) < 4:
        return _l("This password is among the first that anybody would try. Choose another.")
    return None
