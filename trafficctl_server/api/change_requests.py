"""Who asks for a change, and how its repetition is known."""

import hashlib
from typing import Any

from trafficctl_server.api.principals import current_principal
from trafficctl_server.intents.requests import ChangeRequest


def change_request(request: Any, method: str) -> ChangeRequest:
    """Read what every mutation carries; :param method: ``<service>/<method>``."""
    return ChangeRequest(
        principal=current_principal(),
        method=method,
        request_id=request.request_id,
        body_digest=_digest(request) if request.request_id else "",
        validate_only=request.validate_only,
    )


def _digest(request: Any) -> str:
    body = type(request)()
    body.CopyFrom(request)
    body.ClearField("request_id")
    return hashlib.sha256(body.SerializeToString(deterministic=True)).hexdigest()
