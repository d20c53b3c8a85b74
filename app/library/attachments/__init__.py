"""Images and PDF files: told by their content, cleaned, kept once, and served so that they cannot run."""
