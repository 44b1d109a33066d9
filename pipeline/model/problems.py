"""The names under which Problems stand that are no Source's: something in the house itself is wrong."""

BOUNCES = "bounces"
SENDING = "sending of digests"
DIGEST = "The digest for subscribers"
_TITLES = {
    BOUNCES: "What comes back of the digest",
    SENDING: "The sending of the digest",
    DIGEST: DIGEST,
}
_STORY = "Story "


def of_story(story_id: int) -> str:
    """The name under which Problems of one Story stand."""
    return f"{_STORY}{story_id}"


def title_in_the_house(name: str) -> str:
    """What people call it when it is the house's own; empty when it is the key of a Source."""
    if name.removeprefix(_STORY).isdigit() and name.startswith(_STORY):
        return name
    return _TITLES.get(name, "")
