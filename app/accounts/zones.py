"""Time zones to choose from, named in the reader's language."""

from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_location

from app.core.folding import fold

_CONTINENTS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@cache
def choices(language: str) -> tuple[tuple[str, str], ...]:
    """Each zone with the place it is named after, as “Paris (France)”, in alphabetical order.

    Zones that Babel knows no country of are old names of others; they are left out.
    """
    countries, names = get_global("zone_territories"), Locale.parse(language).territories
    found = [
        (zone, f"{get_timezone_location(zone, locale=language, return_city=True)} ({names[countries[zone]]})")
        for zone in available_timezones() & countries.keys()
        if zone.partition("/")[0] in _CONTINENTS and countries[zone] in names
    ]
    return tuple(sorted(found, key=lambda each: fold(each[1])))
