"""Room: documents, revisions, front matter, rendering, file sync, search, acknowledgement."""
