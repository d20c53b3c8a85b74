"""Room: the append-only record of what people did, and the projections made from it."""
