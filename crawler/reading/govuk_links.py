"""Read the links of a GOV.UK content item: publishers, people with roles, topics, identities. Pure.

Never pairs a person with a role on a guess: the publisher's appointments, or one person and one role.
"""

from collections.abc import Iterable, Iterator

from crawler.reading.json_shape import JsonObject, loose_object, loose_objects, loose_text
from pipeline.model.documents import Person

LINK_KINDS = ("organisations", "people", "roles", "taxons", "documents", "children", "parent")
_PEOPLE = ("people", "speaker", "ministers", "ordered_ministers")
_ROLES = ("roles", "ordered_roles")


def publishers_of(links: JsonObject, details: JsonObject) -> tuple[str, ...]:
    """Return the titles of the organisations that publish the page, the primary one first."""
    linked = [
        *loose_objects(links, "primary_publishing_organisation"),
        *loose_objects(links, "organisations"),
    ]
    return _titles(linked or loose_objects(details, "organisations"))


def taxons_of(links: JsonObject) -> tuple[str, ...]:
    """Return the titles of the topics that the page itself is tagged to, in the publisher's order."""
    return _titles(loose_objects(links, "taxons"))


def people_of(links: JsonObject, details: JsonObject) -> tuple[Person, ...]:
    """Return the people that the page is linked to, each once, with a role where the links give one."""
    roles: dict[str, str] = {}
    for person, role in _appointments(links):
        roles.setdefault(person, role)
    held = _titles(item for kind in _ROLES for item in loose_objects(links, kind))
    names = _titles(item for kind in _PEOPLE for item in loose_objects(links, kind))
    unlinked = loose_text(details, "speaker_without_profile")
    names = tuple(dict.fromkeys((*names, *roles, *((unlinked,) if unlinked else ()))))
    if len(names) == 1 and len(held) == 1:
        return (Person(names[0], held[0]),)
    return tuple(Person(name, roles.get(name, "")) for name in names)


def links_of(links: JsonObject) -> tuple[str, ...]:
    """Return "kind:content_id" of the links that belong to a page's fingerprint, sorted.

    Source: the source contract, section 2.5.
    """
    return tuple(
        sorted(
            {
                f"{kind}:{identity}"
                for kind in LINK_KINDS
                for item in loose_objects(links, kind)
                if (identity := loose_text(item, "content_id"))
            }
        )
    )


def _titles(items: Iterable[JsonObject]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(title for item in items if (title := loose_text(item, "title"))))


def _appointments(links: JsonObject) -> Iterator[tuple[str, str]]:
    """Yield (person, role) for current appointments, whether reached from the person or from the role."""
    for kind in (*_PEOPLE, *_ROLES):
        for item in loose_objects(links, kind):
            for appointment in loose_objects(loose_object(item, "links"), "role_appointments"):
                if loose_object(appointment, "details").get("current") is not True:
                    continue
                ends = loose_object(appointment, "links")
                people = _titles(loose_objects(ends, "person")) or _titles([item])
                roles = _titles(loose_objects(ends, "role")) or _titles([item])
                if people and roles and people != roles:
                    yield people[0], roles[0]
