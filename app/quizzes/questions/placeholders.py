"""What stands in a question's text for something else: a gap, a number that is drawn."""

import re

GAP = re.compile(r"\[\[([0-9]{1,3})\]\]")
PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]{0,19})\}")
