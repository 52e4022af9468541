"""The health service, with errors in the one shape."""

from typing import Any

from grpc_health.v1 import health
from grpc_health.v1.health_pb2 import HealthCheckRequest, HealthCheckResponse

from trafficctl_server.intents.failures import NotFound


class Health(health.aio.HealthServicer):  # type: ignore[name-defined,misc] # not in the stubs
    """Serving per service name; the empty name is the server as a whole."""

    async def Check(  # noqa: N802 - the method's name on the wire
        self, request: HealthCheckRequest, context: Any
    ) -> HealthCheckResponse:
        """Answer with the service's health now.

        :raises NotFound: no service of that name is served.
        """
        if request.service not in self._server_status:
            raise NotFound(request.service, "Service")
        answer: HealthCheckResponse = await super().Check(request, context)
        return answer
