"""Room: steps, plays, offers and their structured facts."""
