"""Errors, grouped by what the operator does about them. An exception's text is its message."""


class SendwatchError(Exception):
    """Anything sendwatch raises on purpose."""


class ConfigError(SendwatchError):
    """A setting is wrong: refuse to start. The text holds file, line and key. Exit status 78."""


class SourceError(SendwatchError):
    """The world changed: open a Problem, keep the last good state, never guess."""


class FeedEnded(SourceError):
    """The publisher has retired this feed (its entry id ends in ``/feed-ended``)."""


class FeedMalformed(SourceError):
    """The body is not a feed, or an entry has no link, title or date."""


class UnexpectedShape(SourceError):
    """The answer parses, but is not what the source's contract promises."""


class Unreadable(SourceError):
    """A file is broken, encrypted, too large or too slow to read."""


class TransientError(SendwatchError):
    """Try again with back-off: a time-out, 429, 5xx or SMTP 4xx."""


class DeliveryRefused(SendwatchError):
    """The mail server refused for good (SMTP 5xx)."""


class Conflict(SendwatchError):
    """Someone moved first: no-op in a job."""
