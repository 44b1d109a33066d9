"""Read a page of GOV.UK that an editor names by its URL, through the same spider as the watch.

A Document that is watched already is taken from the store; another is fetched into a store that is thrown
away. Only the hosts that sendwatch may speak to are asked.
"""

import os
import tempfile
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from pipeline.model.blocks import Reading, ReadStatus
from pipeline.model.documents import Version
from pipeline.model.errors import Unreadable
from pipeline.model.sources import Source
from pipeline.store import documents, versions
from pipeline.store.database import Database, open_database
from sendwatch.paper import Paper
from sendwatch.schedules import read_schedules
from sendwatch.settings import Settings, read_settings
from sendwatch.wiring import wire


def paper_online(url: str) -> Paper:
    """The page at ``url`` with its children and files. Raises Unreadable in plain words."""
    settings = read_settings(os.environ, cwd=Path.cwd())
    place = urlsplit(settings.govuk_url).netloc
    if urlsplit(url).netloc not in (place, "www.gov.uk"):
        words = f"sendwatch reads pages of {place}; save this one as a file and name the file"
        raise Unreadable(f"{url}: {words}")
    here = settings.govuk_url + urlsplit(url).path.rstrip("/")
    version = _stored(settings, here) or _fetched(settings, here)
    text = Reading("govuk", ReadStatus.READ, version.record.title, version.blocks)
    return Paper(url, text, record=version.record, parts=version.parts)


def _stored(settings: Settings, url: str) -> Version | None:
    if settings.database_url.startswith("sqlite:///"):
        file = Path(settings.database_url.removeprefix("sqlite:///"))
        if not file.exists():
            return None
    db = open_database(settings.database_url)
    try:
        return _newest(db, url)
    finally:
        db.close()


def _fetched(settings: Settings, url: str) -> Version:
    from dataclasses import replace

    from crawler.budget import Budget
    from crawler.crawl import crawl
    from sendwatch.reactor import run_on_reactor

    with tempfile.TemporaryDirectory(prefix="sendwatch-") as folder:
        aside = replace(settings, database_url=f"sqlite:///{folder}/once.db", var=Path(folder), smtp_url=None)
        wiring = wire(aside, read_schedules(settings.schedules))
        source = Source(key="asked", title=url, spider="single", where={"url": url}, every=timedelta(days=1))
        context = wiring.context(Budget(wiring.caps))
        report = run_on_reactor(lambda: crawl(source, context))
        version = _newest(wiring.db, url)
        wiring.db.close()
    if version is None:
        raise Unreadable("; ".join(report.degraded) or f"{url}: there is no such page")
    return version


def _newest(db: Database, url: str) -> Version | None:
    with db.begin() as tx:
        row = documents.by_url(tx, url)
        return versions.get(tx, row.version_id) if row and row.version_id else None
