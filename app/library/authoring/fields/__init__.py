"""Structured editors: what is structured in a document is asked for in a form, and written back into its YAML."""
