"""The library as a zip file of Markdown, in and out."""
