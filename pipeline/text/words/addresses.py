"""One way to write an address, so that people and publishers mean the same page by it. Pure."""

from urllib.parse import urlsplit, urlunsplit

from pipeline.text.words.normalise import for_comparison


def canonical_url(url: str) -> str:
    """Return the address without fragment, visitor counting and closing slash; https for a plain host.

    What is no web address comes back as it was, trimmed.
    """
    given = url.strip()
    try:
        split = urlsplit(given)
        port = split.port
    except ValueError:
        return given
    if split.scheme.lower() not in ("http", "https") or not split.hostname:
        return given
    scheme = "https" if port is None else split.scheme.lower()  # a port of its own is a test's publisher
    host = split.hostname.lower() + (f":{port}" if port else "")
    bare = urlunsplit((scheme, host, split.path.rstrip("/"), split.query, ""))
    return for_comparison(bare)
