"""Tracing that sends sampled spans to a Jaeger agent."""

import asyncio
import logging
from typing import TYPE_CHECKING, Final, cast

from trafficctl_server.settings.groups import TracingSettings
from trafficctl_server.telemetry.tracing import Tracing

if TYPE_CHECKING:
    from jaeger_client.reporter import Reporter

SERVICE: Final = "trafficctl-server"
_FLUSH_SECONDS: Final = 2
_log = logging.getLogger(__name__)


class JaegerTracing(Tracing):
    """Owns the client and its reporter thread.

    The client's process-wide ``initialize_tracer`` is not used: its second call answers None.
    """

    def __init__(self, settings: TracingSettings) -> None:
        from jaeger_client.config import Config  # noqa: PLC0415 - slow to load, seldom wanted

        self._client = Config(
            config={
                "sampler": {"type": "probabilistic", "param": settings.sampling_rate},
                "local_agent": {
                    "reporting_host": settings.agent.host,
                    "reporting_port": settings.agent.port,
                },
                "logging": False,
                "metrics": False,
            },
            service_name=SERVICE,
        ).new_tracer()
        self._reporter = cast("Reporter", self._client.reporter)  # what new_tracer makes
        super().__init__(self._client)

    async def close(self) -> None:
        """Send what is still held, for at most two seconds."""
        loop = asyncio.get_running_loop()
        flushed = asyncio.Event()

        def close() -> None:
            self._client.close().add_done_callback(lambda _: loop.call_soon_threadsafe(flushed.set))

        # Its future belongs to the loop that asks, so the reporter's own loop must be the one.
        self._reporter.io_loop.add_callback(close)
        try:
            await asyncio.wait_for(flushed.wait(), _FLUSH_SECONDS)
        except TimeoutError:
            _log.warning("spans lost at exit")


def open_tracing(settings: TracingSettings) -> Tracing:
    """Open what the settings ask for."""
    return JaegerTracing(settings) if settings.kind == "jaeger" else Tracing()
