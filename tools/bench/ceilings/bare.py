"""A grpc.aio server with one handler and nothing around it.

Its arguments are a folder and the loop to run on: ``asyncio`` or ``uvloop``.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import grpc
import uvloop

Handler = Callable[[Any, "grpc.aio.ServicerContext[Any, Any]"], Awaitable[Any]]


def run(server: Coroutine[Any, Any, None]) -> None:
    """Run a server on the loop that was asked for."""
    runs = {"asyncio": asyncio.run, "uvloop": uvloop.run}
    runs[sys.argv[2]](server)


async def serve(service: str, handlers: dict[str, grpc.RpcMethodHandler[Any, Any]]) -> None:
    """Serve until SIGTERM."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    server = grpc.aio.server(options=[("grpc.so_reuseport", 0)])
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(service, handlers),))
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    print(json.dumps({"event": "listening", "address": f"127.0.0.1:{port}"}), file=sys.stderr)
    sys.stderr.flush()
    await stop.wait()
    await server.stop(1)
