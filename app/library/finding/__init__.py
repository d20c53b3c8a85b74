"""Finding anything: the search page, typing mistakes, the authors' synonyms, and what was sought in vain."""
