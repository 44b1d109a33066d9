"""All that is held about a person, as JSON that the person can read (UK GDPR, Articles 15 and 20). Pure."""

from datetime import datetime
from typing import Any

from pipeline.model.subscribers import Held


def held_as_json(held: Held) -> dict[str, Any]:
    """Every field under a plain name; moments are ISO 8601 in UTC. Empty topics and ages mean all of them."""
    person, wishes = held.subscriber, held.subscriber.preferences
    consent = person.consent
    return {
        "address": person.address,
        "state": person.state.value,
        "key in links": person.key,
        "signed up": _moment(person.created_at),
        "confirmed": _moment(person.confirmed_at),
        "confirmation asked for": _moment(person.asked_at),
        "reminded": _moment(person.reminded_at),
        "left": _moment(person.left_at),
        "suspended because": person.suspended_because,
        "consent": {"given": _moment(consent.at), "where": consent.source, "words": consent.words}
        if consent
        else None,
        "preferences": {
            "emails": sorted(wishes.plans),
            "topics": sorted(topic.value for topic in wishes.topics),
            "nations": sorted(wishes.nations),
            "ages": sorted(wishes.phases),
            "paused until": wishes.paused_until.isoformat() if wishes.paused_until else None,
            "plain text only": wishes.plain,
        },
        "log": [{"at": _moment(line.at), "way": line.way, "what": line.what} for line in held.log],
        "emails sent": [
            {"title": title, "digest": plan, "day": day.isoformat()} for title, plan, day in held.digests
        ],
    }


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
