"""Questions in the files of other platforms, in the browser: brought in as drafts, taken out in another format.

What reads and writes the formats is imported when somebody needs it: most processes never do.
"""
