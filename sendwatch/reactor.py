"""Run a coroutine on Twisted's reactor, on asyncio's loop: Scrapy's crawls need it."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from scrapy.utils.reactor import install_reactor

T = TypeVar("T")


def run_on_reactor(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run one coroutine on the reactor, to its end, and stop. Once per process: a reactor cannot restart."""
    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    from twisted.internet import reactor as installed

    reactor: Any = installed

    outcome: list[T] = []
    failure: list[BaseException] = []

    async def guarded() -> None:
        try:
            outcome.append(await work())
        except BaseException as error:
            failure.append(error)
        finally:
            reactor.callFromThread(reactor.stop)

    reactor.callWhenRunning(lambda: asyncio.ensure_future(guarded()))
    reactor.run(installSignalHandlers=False)
    if failure:
        raise failure[0]
    return outcome[0]
