"""Whether a document is still true: who owns it, when they last said so, who reads an old version."""
