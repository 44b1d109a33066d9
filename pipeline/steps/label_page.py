"""Keep an editor's word on a page's verdict: what `labels` and a rejected Story have in common.

Nothing is overwritten, and nothing is judged anew: rules are measured by labels, not changed by them.
"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from pipeline.model.changes import Verdict
from pipeline.store import documents, labels, versions
from pipeline.store.labels import Label
from pipeline.text.words.addresses import canonical_url


def label_page(tx: Connection, url: str, verdict: Verdict, *, why: str, by: str, now: datetime) -> Label:
    """Keep that the page at ``url`` is relevant, partial or not, and return the label as it is kept.

    A page that was never seen can be labelled, too: ``judged`` is empty then.
    """
    address = canonical_url(url)
    row = documents.by_url(tx, address) or documents.by_url(tx, url)
    made = Label(address, now, verdict, why, by)
    if row is not None and row.version_id is not None:
        made = replace(
            made,
            url=row.url,
            title=row.title,
            version_id=row.version_id,
            fingerprint=versions.fingerprint_of(tx, row.version_id),
            seen_at=dict(versions.dates(tx, row.id)).get(row.version_id),
            judged=row.verdict,
        )
    labels.add(tx, made)
    return made
