"""What is said of hosts outside, and of what the outside calls."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from trafficctl_sdk.conformance.wishes.wish import SECOND, Body, Choice, Pair, Wish, at
from trafficctl_sdk.model.common import Protocol

_OUT: Final = ("outbound",)
_IN: Final = ("inbound",)
_USUAL: Final = {"HTTP": 80, "HTTPS": 443, "TLS": 443}


def _host(**said: Any) -> Body:
    return {"hosts": [{"host": "api.example.com", "ports": [{"port": 5432}], **said}]}


def _port(**said: Any) -> Body:
    return {"hosts": [{"host": "api.example.com", "ports": [{"port": 80, **said}]}]}


def outside_wishes() -> Iterator[Wish]:
    """Give what an outbound intent says of a host."""
    yield Pair(
        one=_host(host="api.example.com"),
        other=_host(host="files.example.com"),
        kinds=_OUT,
        protocol="",
    )
    yield Pair(one=_port(port=80), other=_port(port=81), kinds=_OUT, protocol="")
    yield Choice(
        bodies={
            f"hosts.ports.protocol.{it.value}": _port(
                port=_USUAL.get(it.value, 5432), protocol=it.value
            )
            for it in Protocol.Value
        },
        kinds=_OUT,
        protocol="",
        synonyms=True,
    )
    for protocol in ("TCP", "HTTP"):
        yield Choice(
            bodies={
                "hosts.dns": _host(dns={}),
                "hosts.static.addresses": _host(static={"addresses": ["192.0.2.7"]}),
                "hosts.original_destination": _host(original_destination={}),
            },
            kinds=_OUT,
            protocol=protocol,
        )
        yield Choice(
            bodies={
                f"hosts.dns.connect.{it}": _host(dns={"connect": it})
                for it in ("ALL_ADDRESSES", "ONE_ADDRESS")
            },
            kinds=_OUT,
            protocol=protocol,
        )
    yield Pair(
        one=_host(static={"addresses": ["192.0.2.7"]}),
        other=_host(static={"addresses": ["192.0.2.8"]}),
        kinds=_OUT,
        protocol="",
    )
    yield Pair(
        one=_host(original_destination={"cidrs": ["192.0.2.0/24"]}),
        other=_host(original_destination={"cidrs": ["198.51.100.0/24"]}),
        kinds=_OUT,
        protocol="TCP",
    )
    yield from _origination()


def _origination() -> Iterator[Wish]:
    yield Choice(
        bodies={
            "hosts.ports.as_sent": _port(as_sent={}),
            "hosts.ports.originate": _port(originate={}),
        },
        kinds=_OUT,
    )
    for one, other in (
        ({"port": 8443}, {"port": 9443}),
        ({"sni": "a.example.com"}, {"sni": "b.example.com"}),
        ({"subject_alt_names": ["a.example.com"]}, {"subject_alt_names": ["b.example.com"]}),
        (_trust(secret={"name": "roots"}), _trust(secret={"name": "anchors"})),
        (_shown("key"), _shown("pair")),
        (_trust(bundle="-----BEGIN 1-----"), _trust(bundle="-----BEGIN 2-----")),
    ):
        yield Pair(one=_port(originate=one), other=_port(originate=other), kinds=_OUT)
    yield Choice(
        bodies={
            "hosts.ports.originate.trust.system_roots": _port(originate=_trust(system_roots={})),
            "hosts.ports.originate.trust.secret.name": _port(
                originate=_trust(secret={"name": "roots"})
            ),
        },
        kinds=_OUT,
    )


def _trust(**source: Any) -> Body:
    return {"trust": source}


def _shown(name: str) -> Body:
    """Show a certificate out of the Secret that also says whose are believed."""
    secret = {"secret": {"name": name}}
    return {"client_certificate": secret, "trust": secret}


def _listener(**said: Any) -> Body:
    return {"listeners": [{"port": 443, "service_port": 80, "protocol": "HTTPS", **said}]}


_CERTIFICATE: Final[Body] = {"certificate": {"secret": {"name": "shop"}}}
_MUTUAL: Final[Body] = {**_CERTIFICATE, "client_trust": {"secret": {"name": "shop-cacert"}}}


def exposure_wishes() -> Iterator[Wish]:
    """Give what an inbound intent says of names, listeners, paths and clients."""
    for said, values in (("port", (80, 81)), ("service_port", (80, 81))):
        one, other = (
            {"listeners": [{"port": 80, "service_port": 80, "plaintext": {}, said: it}]}
            for it in values
        )
        yield Pair(one=one, other=other, kinds=_IN, protocol="")
    yield Choice(
        bodies={f"listeners.protocol.{it.value}": _of_protocol(it.value) for it in Protocol.Value},
        kinds=_IN,
        protocol="",
        synonyms=True,
    )
    yield Choice(
        bodies={
            "listeners.passthrough": _listener(passthrough={}),
            "listeners.simple.certificate.secret.name": _listener(simple=_CERTIFICATE),
            "listeners.mutual.certificate.secret.name": _listener(mutual=_MUTUAL),
        },
        kinds=_IN,
        protocol="",
    )
    yield Choice(bodies={"listeners.plaintext": _of_protocol("HTTP")}, kinds=_IN, protocol="")
    yield from _certificates()
    yield Pair(
        one={"exposed_hosts": [{"fqdn": "shop.example.org"}]},
        other={"exposed_hosts": [{"fqdn": "store.example.org"}]},
        kinds=_IN,
        protocol="",
    )
    yield Pair(
        one={"exposed_hosts": [{"prefix": "shop"}]},
        other={"exposed_hosts": [{"prefix": "store"}]},
        kinds=_IN,
        protocol="",
    )
    yield Pair(one={"path_prefix": "/a"}, other={"path_prefix": "/b"}, kinds=_IN)
    yield Pair(
        one={"gateway": "ingress"}, other={"gateway": "other-ingress"}, kinds=_IN, protocol=""
    )
    yield from _clients()
    yield from _cors()


def _of_protocol(protocol: str) -> Body:
    if protocol in ("TLS", "HTTPS"):
        return _listener(protocol=protocol, passthrough={})
    return _listener(port=80, protocol=protocol, plaintext={})


def _certificates() -> Iterator[Wish]:
    simple = {"simple": _CERTIFICATE}
    other_certificate = {"certificate": {"secret": {"name": "store"}}}
    pairs: tuple[tuple[Body, Body], ...] = (
        (simple, {"simple": other_certificate}),
        (
            {"mutual": _MUTUAL},
            {"mutual": {**other_certificate, "client_trust": {"secret": {"name": "store-cacert"}}}},
        ),
        ({**simple, "redirect_from_port": 80}, {**simple, "redirect_from_port": 81}),
        (
            {**simple, "cipher_suites": ["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"]},
            {**simple, "cipher_suites": ["TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"]},
        ),
    )
    for one, other in pairs:
        yield Pair(one=_listener(**one), other=_listener(**other), kinds=_IN, protocol="")
    yield Choice(
        bodies={
            f"listeners.minimum_tls_version.{it}": _listener(**simple, minimum_tls_version=it)
            for it in ("TLS_1_2", "TLS_1_3")
        },
        kinds=_IN,
        protocol="",
    )


def _client(**said: Any) -> Body:
    return {"callers": [{"external": said}]}


def _clients() -> Iterator[Wish]:
    yield Pair(
        one=_client(source_ranges=["192.0.2.0/24"]),
        other=_client(source_ranges=["198.51.100.0/24"]),
        kinds=_IN,
    )
    yield Pair(
        one={**_client(certificate_names=["a.example.com"]), **_listener(mutual=_MUTUAL)},
        other={**_client(certificate_names=["b.example.com"]), **_listener(mutual=_MUTUAL)},
        kinds=_IN,
        protocol="",
    )
    providers = [
        {
            "id": it,
            "issuer": f"https://{it}.example.com",
            "audiences": ["shop"],
            "jwks_uri": f"https://{it}.example.com/keys",
        }
        for it in ("corp", "partner")
    ]
    yield Pair(
        one={**_client(jwt_provider="corp"), "jwt_providers": providers},
        other={**_client(jwt_provider="partner"), "jwt_providers": providers},
        kinds=_IN,
    )
    yield Choice(
        bodies={
            "callers.any_client.identity.ANYONE": {
                "callers": [{"any_client": {"identity": "ANYONE"}}]
            }
        },
        kinds=_IN,
        protocol="",
    )


def _cors() -> Iterator[Wish]:
    page = {"origins": [{"exact": "https://a.example.com"}]}
    for kind, (one, other) in {
        "exact": ("https://a.example.com", "https://b.example.com"),
        "prefix": ("https://a", "https://b"),
        "suffix": (".example.com", ".example.org"),
    }.items():
        yield Pair(
            one=at("cors.origins", [{kind: one}]),
            other=at("cors.origins", [{kind: other}]),
            kinds=_IN,
        )
    values: Mapping[str, tuple[object, object]] = {
        "methods": (["GET"], ["PUT"]),
        "headers": (["x-a"], ["x-b"]),
        "exposed_headers": (["x-a"], ["x-b"]),
        "max_age": (60 * SECOND, 90 * SECOND),
    }
    for said, (first, second) in values.items():
        yield Pair(
            one={"cors": {**page, said: first}}, other={"cors": {**page, said: second}}, kinds=_IN
        )
    yield Choice(
        bodies={
            f"cors.credentials.{it}": {"cors": {**page, "credentials": it}}
            for it in ("ENABLED", "DISABLED")
        },
        kinds=_IN,
    )
