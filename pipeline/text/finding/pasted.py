"""Understand an address as people paste it. Pure; asks nobody.

Fragments, http, closing slashes, visitor counting, the publisher's own previews and machine addresses are
taken off. Source of the counting parameters: what Google, Mailchimp, Facebook and Microsoft document.
"""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pipeline.text.words.addresses import canonical_url

_COUNTING = re.compile(r"(?:utm_.*|fbclid|gclid|dclid|msclkid|mc_[ce]id|_ga|_gl|igshid|cachebust|ref)", re.I)
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[/?#].*)?", re.I)
_MACHINE = re.compile(r"^/api/content(?=/)")
_PREVIEW = re.compile(r"/preview$")
_IN_WORDS = re.compile(r"https?://[^\s<>\"“”]+", re.I)
_GOVUK_PATH = re.compile(r"/?(?:government|guidance)/[\w/.-]+")
_LEADS_ON = {  # host, path: where the address that is meant stands in the question
    ("safelinks.protection.outlook.com", "/"): "url",
    ("google.com", "/url"): "q",
    ("l.facebook.com", "/l.php"): "u",
    ("slack-redir.net", "/link"): "url",
}


def pasted_url(text: str) -> str:
    """The address that was meant; empty when what was pasted is none."""
    given = text.strip().strip("<>\"'“”‘’()[].,;").strip()
    in_words = _IN_WORDS.search(given)
    if in_words:
        given = in_words[0].rstrip(".,;:!?)]’'")
    if not given or any(sign.isspace() for sign in given):
        return ""
    if "://" not in given and _GOVUK_PATH.fullmatch(given):
        given = f"https://www.gov.uk/{given.lstrip('/')}"
    if "://" not in given and _HOST.fullmatch(given):
        given = f"https://{given}"
    given = _led_on(given)
    url = canonical_url(given)
    if not url.startswith(("http://", "https://")):
        return ""
    try:
        split = urlsplit(url)
    except ValueError:  # brackets that are no IPv6 address
        return ""
    if not split.hostname:
        return ""
    asked = [(k, v) for k, v in parse_qsl(split.query, keep_blank_values=True) if not _COUNTING.fullmatch(k)]
    path = _PREVIEW.sub("", _MACHINE.sub("", split.path))
    host = "www.gov.uk" if split.netloc == "gov.uk" else split.netloc
    return canonical_url(urlunsplit((split.scheme, host, path, urlencode(asked), "")))


def _led_on(given: str) -> str:
    """Of a link that only leads on, as mail programs and search pages write them, where it leads."""
    try:
        split = urlsplit(given)
        host = (split.hostname or "").removeprefix("www.")
    except ValueError:
        return given
    for (known, path), name in _LEADS_ON.items():
        if (host == known or host.endswith(f".{known}")) and (split.path or "/") == path:
            inner = dict(parse_qsl(split.query)).get(name, "")
            return inner if inner.startswith(("http://", "https://")) else given
    return given


def candidates(url: str) -> list[str]:
    """The addresses under which it may be known, the likeliest first: as it is, and without its question."""
    split = urlsplit(url)
    bare = urlunsplit((split.scheme, split.netloc, split.path, "", ""))
    return list(dict.fromkeys([url, bare, f"{bare}/"]))


def parent_of(url: str) -> str:
    """The page that an HTML document on GOV.UK lies below; empty where it lies below none."""
    split = urlsplit(url)
    parts = split.path.strip("/").split("/")
    below = {"government": 4, "guidance": 3}.get(parts[0])
    if len(parts) != below:
        return ""
    return urlunsplit((split.scheme, split.netloc, "/" + "/".join(parts[:-1]), "", ""))
