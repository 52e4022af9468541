"""Answers the message that it was sent: what a Get costs when there is nothing to look up."""

from typing import Any

import grpc
from trafficctl.v2.intercluster_intent_pb2 import InterclusterIntent

from tools.bench.ceilings.bare import run, serve

SERVICE = "trafficctl.bench.Echo"
METHOD = f"/{SERVICE}/Echo"


async def echo(request: InterclusterIntent, _: Any) -> InterclusterIntent:
    """Answer the request."""
    return request


def main() -> None:
    """Serve."""
    handler = grpc.unary_unary_rpc_method_handler(
        echo,
        request_deserializer=InterclusterIntent.FromString,
        response_serializer=InterclusterIntent.SerializeToString,
    )
    run(serve(SERVICE, {"Echo": handler}))


if __name__ == "__main__":
    main()
