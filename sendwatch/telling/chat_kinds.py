"""The kinds of address that apprise knows: which are told, and in what words the others are refused. Pure.

Private chats of a team alone: what is told is a draft that no editor has seen. What is not named here is
refused, whatever a later apprise learns to do.
"""

import re

_KIND = re.compile(r"([a-z][a-z0-9]{0,19})://\S", re.IGNORECASE)

# Kinds that name no host of their own: what stands in its place is a token. Always with TLS.
SERVICES = {
    "cliq": "Zoho Cliq",
    "discord": "Discord",
    "flock": "Flock",
    "gchat": "Google Chat",
    "ntfys": "ntfy",  # its topic may stand in place of the host, and is its password
    "pbul": "Pushbullet",
    "pover": "Pushover",
    "revolt": "Revolt",
    "ringc": "RingCentral",
    "ryver": "Ryver",
    "slack": "Slack",
    "stackfield": "Stackfield",
    "tgram": "Telegram",
    "twist": "Twist",
    "webex": "Webex",
    "workflow": "Microsoft Teams",
    "workflows": "Microsoft Teams",
    "wxteams": "Webex",
    "zoom": "Zoom",
    "zulip": "Zulip",
}
# Kinds with a server of one's own, by their secure name; without the s they are for this machine alone.
SERVERS = {
    "forms": "form",
    "gotifys": "Gotify",
    "jsons": "JSON",
    "matrixs": "Matrix",
    "mmosts": "Mattermost",
    "nctalks": "Nextcloud Talk",
    "rockets": "Rocket.Chat",
    "signals": "Signal",
    "synologys": "Synology Chat",
    "xmls": "XML",
}
PLAIN = {secure.removesuffix("s"): secure for secure in (*SERVERS, "ntfys")}
LOCAL = frozenset(
    [
        "blink1",
        "dbus",
        "exec",
        "file",
        "gio",
        "glib",
        "gnome",
        "growl",
        "kde",
        "macosx",
        "qt",
        "syslog",
        "windows",
    ]
)
PUBLIC = frozenset(
    [
        "aprs",
        "bluesky",
        "bsky",
        "dapnet",
        "instagram",
        "mastodon",
        "mastodons",
        "misskey",
        "misskeys",
        "nostr",
        "reddit",
        "toot",
        "toots",
        "tweet",
        "twitter",
        "x",
    ]
)
MAIL = frozenset(
    [
        "acs",
        "azure",
        "brevo",
        "groundmail",
        "mailersend",
        "mailgun",
        "mailto",
        "mailtos",
        "o365",
        "postmark",
        "resend",
        "sendgrid",
        "sendpulse",
        "ses",
        "smtp2go",
        "sparkpost",
    ]
)


def kind_of(address: str) -> str:
    """What stands before ://, in small letters; empty where nothing fitting does."""
    found = _KIND.match(address)
    return found[1].lower() if found else ""


def refused_kind(kind: str, *, is_near: bool) -> str:
    """Why addresses of this kind are not told, with what to do; empty when they are.

    ``is_near``: the address leads to this machine.
    """
    if kind in SERVICES or kind in SERVERS or kind == "https" or (kind in PLAIN and is_near):
        return ""
    if kind in PLAIN:
        return f"{kind}:// is not encrypted and is for this machine alone; write {PLAIN[kind]}://"
    if kind in LOCAL:
        return f"{kind}:// is no chat: it touches the machine that sendwatch runs on"
    if kind in PUBLIC:
        return f"{kind}:// is open to the public, and what is told is a draft that no editor has seen"
    if kind in MAIL:
        return f"{kind}:// is mail: name who should have it in SENDWATCH_TEAM"
    known = ", ".join(sorted({*SERVICES, *SERVERS}))
    return f"{kind}:// is not a kind that sendwatch tells; it tells {known}, and https addresses of these"
