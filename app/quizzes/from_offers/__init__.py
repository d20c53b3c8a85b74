"""Questions that follow an offer: made from its facts, accepted by an author, kept in a bank, changed with them."""
