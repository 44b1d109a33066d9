"""What a chat is told of an Alert: a few plain lines, which no chat takes for markup or for a call. Pure."""

import re
import unicodedata
from urllib.parse import quote, urlsplit

from pipeline.steps.told_elsewhere import Told

TITLE, PUBLISHER, SENTENCE = 200, 100, 300  # characters at most
UNSEEN = "This is a draft: no editor has seen it."
_APART = "\u200b"  # of no width: the eye does not see it, and a chat reads no name or emoji across it
# Signs that some chat makes bold, quoted, hidden, linked or a call of, by ones that look alike to a reader.
_LOOKALIKES = str.maketrans(
    {
        "<": "‹",
        ">": "›",
        "[": "(",
        "]": ")",
        "*": "∗",
        "_": "＿",
        "~": "∼",
        "`": "'",
        "|": "¦",
        "\\": "＼",
        "#": "＃",
        "@": f"@{_APART}",
    }
)
_EMOJI = re.compile(r":(?=[\w+-]+:)")


def chat_words(told: Told, site: str) -> str:
    """The message: title, publisher, a sentence of the draft, where to read on, and that nobody saw it.

    ``site`` is the root of the desk; without one the link leads to the publisher's page.
    """
    news = "SEND news, updated" if told.revision > 1 else "SEND news"
    link = f"{site}/desk/stories/{told.story_id}" if site else plain_link(told.url)
    lines = [
        f"{news}: {plain(told.title, TITLE)}",
        plain(told.publisher, PUBLISHER),
        plain(told.sentences[0], SENTENCE) if told.sentences else "",
        link,
        UNSEEN,
    ]
    return "\n".join(line for line in lines if line)


def plain(text: str, most: int) -> str:
    """A publisher's words on one line of at most ``most`` characters, in which nothing is markup."""
    seen = "".join(_seen(sign) for sign in text[: most * 20])
    line = " ".join(seen.split())
    if len(line) > most:
        line = line[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
    return _EMOJI.sub(f":{_APART}", line.translate(_LOOKALIKES))


def plain_link(url: str) -> str:
    """A publisher's address with every sign encoded that a chat could take for markup; empty for no page."""
    if urlsplit(url).scheme not in ("https", "http"):
        return ""
    return quote(url, safe="/:?=&%.-+,;")


def _seen(sign: str) -> str:
    """The sign; a space for what breaks a line, nothing for what no eye sees: a change of direction, say."""
    if sign.isspace():
        return " "
    kind = unicodedata.category(sign)
    return {"Cc": " ", "Cf": "", "Cs": "", "Co": "", "Cn": ""}.get(kind, sign)
