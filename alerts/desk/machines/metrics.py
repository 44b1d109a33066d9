"""Figures in the text format of Prometheus, for a collector on this machine and nobody else.

Not for whoever comes through a proxy: a caller that is not on this machine, names another host, or carries a
header that proxies write is told that there is no such page.
"""

from collections.abc import Iterable, Mapping

from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from alerts.desk.site import Site
from alerts.this_machine import LOOPBACK
from pipeline.steps.figures import Figures, figures

OF_PROXIES = ("x-forwarded-for", "x-forwarded-host", "x-real-ip", "forwarded", "via")


def metrics_routes(site: Site) -> list[Route]:
    """GET /metrics."""

    async def get(request: Request) -> Response:
        if not _is_near(request):
            raise HTTPException(404)
        found = await run_in_threadpool(figures, site.db, site.clock())
        return Response(_written(found), headers={"Content-Type": CONTENT_TYPE_LATEST})

    return [Route("/metrics", get, methods=["GET"])]


def _is_near(request: Request) -> bool:
    caller = request.client.host if request.client else ""
    return (
        caller in LOOPBACK
        and (request.url.hostname or "") in LOOPBACK
        and not any(name in request.headers for name in OF_PROXIES)
    )


class _Figures(Collector):
    """One look, as metric families. A registry of its own for each: nothing is kept between two looks."""

    def __init__(self, found: Figures) -> None:
        self._found = found

    def collect(self) -> Iterable[Metric]:
        found = self._found
        yield GaugeMetricFamily("sendwatch_documents", "Documents that are known.", found.documents)
        yield GaugeMetricFamily("sendwatch_problems", "Problems that stand.", found.problems)
        yield _by("sendwatch_stories", "Stories in the inbox.", "shelf", found.stories)
        yield _by("sendwatch_alert_deliveries", "Mails to the team.", "state", found.alerts)
        yield _by("sendwatch_digest_deliveries", "Mails of digests.", "state", found.digests)
        yield _by("sendwatch_subscribers", "People on the list.", "state", found.subscribers)
        told = "Alerts told beside the mail."
        yield _by_all("sendwatch_notices", told, ("channel", "state"), found.notices)
        good = {key: when.timestamp() for key, when in found.last_good.items()}
        name = "sendwatch_source_last_good_timestamp_seconds"
        yield _by(name, "When the last good run of a source began.", "source", good)
        requests = "Requests of the last 24 hours."
        yield _by("sendwatch_source_requests_24h", requests, "source", found.requests)
        failed = "Failed runs of the last 24 hours."
        yield _by("sendwatch_source_failed_runs_24h", failed, "source", found.failed_runs)
        if found.last_poke is not None:
            last = found.last_poke.timestamp()
            words = "When the watch last showed that it is alive."
            yield GaugeMetricFamily("sendwatch_last_poke_timestamp_seconds", words, last)


def _by(name: str, words: str, label: str, values: Mapping[str, float]) -> Metric:
    return _by_all(name, words, (label,), {(key,): value for key, value in values.items()})


def _by_all(
    name: str, words: str, labels: tuple[str, ...], values: Mapping[tuple[str, ...], float]
) -> Metric:
    family = GaugeMetricFamily(name, words, labels=labels)
    for keys, value in sorted(values.items()):
        family.add_metric(keys, value)
    return family


def _written(found: Figures) -> bytes:
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Figures(found))
    return generate_latest(registry)
