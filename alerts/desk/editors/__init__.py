"""The pages of the desk, for people on the team list. One module a page, each with its ``routes``."""
