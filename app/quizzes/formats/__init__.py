"""Exchange formats: questions read from and written to the files of other platforms (docs/formats.md)."""
