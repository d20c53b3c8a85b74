"""The editor: a document's text written in the browser, checked and shown as one types, saved by itself."""
