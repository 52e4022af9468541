"""What callers may do: rules of access, and the tokens that they ask for."""

from collections.abc import Iterator
from typing import Any, Final

from trafficctl_sdk.conformance.wishes.wish import SECOND, SERVED, Body, Choice, Pair, Wish, joined

_ALL: Final[Body] = {"action": "ALLOW", "all_requests": {}}
_MODULUS: Final = "sXch" * 86
"""Of an RSA key of the usual size, in base64url; nobody has the private part."""
_READ: Final[Body] = {
    "action": "ALLOW",
    "http": {"methods": ["GET"], "paths": [{"exact": "/books"}]},
}


def _access(*rules: Body) -> Body:
    return {"callers": [{"access": list(rules)}]}


def _http(**said: Any) -> Body:
    operation = {"methods": ["GET"], "paths": [{"prefix": "/"}], **said}
    return _access({"action": "ALLOW", "http": operation})


def access_wishes() -> Iterator[Wish]:
    """Give each thing that a rule of access can say."""
    for denied in (_ALL, _READ):
        yield Choice(
            bodies={
                f"callers.access.action.{action}": _access(_ALL, {**denied, "action": action})
                for action in ("ALLOW", "DENY")
            }
        )
    yield Choice(
        bodies={
            "callers.access.all_requests": _access(_ALL),
            "callers.access.http.methods": _http(methods=["GET"]),
        }
    )
    for path in ({"prefix": "/"}, {"exact": "/books"}):
        yield Pair(
            one=_http(methods=["GET"], paths=[path]), other=_http(methods=["PUT"], paths=[path])
        )
    kinds = ("exact", "prefix", "suffix")
    for kind in kinds:
        yield Pair(one=_http(paths=[{kind: "/a"}]), other=_http(paths=[{kind: "/b"}]))
    yield Pair(
        one=_http(paths=[{"template": "/a/{*}"}]), other=_http(paths=[{"template": "/b/{*}"}])
    )
    yield Choice(
        bodies={
            f"callers.access.http.paths.{kind}": _http(
                paths=[{kind: "/a/{*}" if kind == "template" else "/a"}]
            )
            for kind in (*kinds, "template")
        }
    )
    yield Pair(
        one=_access({"action": "ALLOW", "grpc": {"methods": ["books.Shelf/Read"]}}),
        other=_access({"action": "ALLOW", "grpc": {"methods": ["books.Shelf/Write"]}}),
        protocol="GRPC",
    )
    yield from _headers()
    yield from _claims()


def _headers() -> Iterator[Wish]:
    texts = ("exact", "prefix", "suffix")
    for kind in texts:
        yield Pair(
            one=_access({**_ALL, "headers": [{"name": "x-tier", kind: "gold"}]}),
            other=_access({**_ALL, "headers": [{"name": "x-level", kind: "new"}]}),
        )
    values = (*((kind, "gold") for kind in texts), ("present", {}), ("absent", {}))
    yield Choice(
        bodies={
            f"callers.access.headers.{kind}": _access(
                {**_ALL, "headers": [{"name": "x-tier", kind: value}]}
            )
            for kind, value in values
        }
    )


def _provider(identity: str = "corp", **said: Any) -> dict[str, Any]:
    return {
        "id": identity,
        "issuer": f"https://{identity}.example.com",
        "audiences": ["shop"],
        "jwks_uri": f"https://{identity}.example.com/keys",
        **said,
    }


def _claimed(**said: Any) -> Body:
    claim = {"jwt_provider": "corp", "path": ["role"], "values": ["reader"], **said}
    return _access({**_ALL, "claims": [claim]})


def _claims() -> Iterator[Wish]:
    both = {"jwt_providers": [_provider("corp"), _provider("partner")]}
    one = joined(both, _claimed())
    yield Pair(one=one, other=joined(both, _claimed(jwt_provider="partner")), kinds=SERVED)
    swapped = {
        "jwt_providers": [
            {**_provider("corp"), "id": "partner"},
            {**_provider("partner"), "id": "corp"},
        ]
    }
    yield Pair(one=one, other=joined(swapped, _claimed()), kinds=SERVED)
    provided = {"jwt_providers": [_provider()]}
    for said, values in (("path", (["role"], ["team"])), ("values", (["reader"], ["writer"]))):
        yield Pair(
            one=joined(provided, _claimed(**{said: values[0]})),
            other=joined(provided, _claimed(**{said: values[1]})),
            kinds=SERVED,
        )


def token_wishes() -> Iterator[Wish]:
    """Give each thing that the description of an issuer can say, with a rule that asks for it."""
    asked = _claimed()
    for said, values in (
        ("issuer", ("https://corp.example.com", "https://corp.example.org")),
        ("audiences", (["shop"], ["store"])),
        ("jwks_uri", ("https://a.example.com/keys", "https://b.example.com/keys")),
        ("clock_skew", (30 * SECOND, 45 * SECOND)),
    ):
        yield _asking(asked, {said: values[0]}, {said: values[1]})
    keys = (f'{{"keys":[{{"kty":"RSA","kid":"{it}","n":"{_MODULUS}","e":"AQAB"}}]}}' for it in "ab")
    one, other = ({"jwks": text, "jwks_uri": None} for text in keys)
    yield _asking(asked, one, other)
    for place, (first, second) in {
        "header": ({"name": "x-token"}, {"name": "x-pass"}),
        "query_parameter": ("token", "pass"),
        "cookie": ("token", "pass"),
    }.items():
        yield _asking(asked, {"locations": [{place: first}]}, {"locations": [{place: second}]})
    yield _asking(
        asked,
        {"locations": [{"header": {"name": "x-token", "prefix": "Bearer "}}]},
        {"locations": [{"header": {"name": "x-token", "prefix": "Token "}}]},
    )
    yield Choice(
        bodies={
            f"jwt_providers.forwarding.{it}": joined(
                asked, {"jwt_providers": [_provider(forwarding=it)]}
            )
            for it in ("ENABLED", "DISABLED")
        },
        kinds=SERVED,
    )


def _asking(asked: Body, one: Body, other: Body) -> Pair:
    first, second = (
        {key: value for key, value in _provider(**it).items() if value is not None}
        for it in (one, other)
    )
    return Pair(
        one=joined(asked, {"jwt_providers": [first]}),
        other=joined(asked, {"jwt_providers": [second]}),
        kinds=SERVED,
    )
