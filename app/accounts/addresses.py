"""Addresses on this site that a page may send somebody on to."""

from urllib.parse import urlsplit


def is_local(address: str) -> bool:
    """Whether an address stays on this site: a path, and nothing that a browser could read as another host.

    >>> [is_local(each) for each in ("/plays/a?b=c", "//evil.example", "/\\\\evil.example", "https://evil.example")]
    [True, False, False, False]
    """
    if not address.startswith("/") or address.startswith(("//", "/\\")) or len(address) > 2000:
        return False
    # Browsers drop tabs and line ends inside an address, so "/\t/evil.example" would become "//evil.example".
    if any(ord(letter) < 0x21 or ord(letter) == 0x7F or letter == "\\" for letter in address):
        return False
    parts = urlsplit(address)
    return not parts.scheme and not parts.netloc


def next_after_sign_in(wanted: str | None) -> str:
    """Where to go once signed in: what was asked for when it is on this site, else Today."""
    if wanted and is_local(wanted) and not wanted.startswith(("/sign-in", "/sign-out", "/links/")):
        return wanted
    return "/"
