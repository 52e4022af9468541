"""Messages of ``trafficctl/v2/tls.proto``.

Made by ``python -m tools.generate_stubs``: change the .proto file, not this one.
"""

from __future__ import annotations

import dataclasses
import enum

from trafficctl_sdk.model.common import SecretInfo


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MutualTls:
    """Says whether callers must prove who they are by a certificate of the mesh."""

    class Mode(enum.StrEnum):
        """Says what a server accepts."""

        #: Plaintext only; nobody proves anything.
        DISABLED = "DISABLED"

        #: Both, so that old callers go on working.
        PERMISSIVE = "PERMISSIVE"

        #: Mutual TLS only.
        STRICT = "STRICT"

    #: What the server accepts. Default: STRICT. DISABLED is refused when a caller needs an identity
    #: (IDENTITY_NEEDS_MUTUAL_TLS).
    mode: MutualTls.Mode | None = dataclasses.field(default=None, metadata={"number": 1})

    #: Stays PERMISSIVE until no plaintext was seen for this long, 1 min-30 d; until then the state
    #: is WAITING with PLAINTEXT_STILL_SEEN. STRICT only. Absent: STRICT at once.
    plaintext_quiet_period: int | None = dataclasses.field(default=None, metadata={"number": 2})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CertificateSource:
    """Says where a certificate and its private key come from."""

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Secret:
        """Names a Kubernetes Secret of type `kubernetes.io/tls`."""

        #: The name of the Secret.
        name: str = dataclasses.field(default="", metadata={"number": 1})

        #: Its namespace. Default: that of the proxy that reads it.
        namespace: str = dataclasses.field(default="", metadata={"number": 2})

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Inline:
        """Carries a certificate and its key.

        They must belong together and not be expired.
        """

        #: The certificate, then the intermediate ones up to the root. PEM, at most 64 KiB.
        certificate_chain: str = dataclasses.field(default="", metadata={"number": 1})

        #: The private key. PEM, at most 64 KiB. Never answered; an update without it keeps the one
        #: that is stored.
        private_key: str = dataclasses.field(default="", metadata={"number": 2, "secret": True})

        #: What is stored in place of the key: its kind, digest and times.
        info: SecretInfo | None = dataclasses.field(
            default=None, metadata={"number": 3, "output_only": True}
        )

    #: A Kubernetes Secret that somebody else keeps in the cluster.
    secret: CertificateSource.Secret | None = dataclasses.field(
        default=None, metadata={"number": 1, "oneof": "source"}
    )

    #: Certificate and key in this request. They are stored encrypted and delivered as a Secret.
    inline: CertificateSource.Inline | None = dataclasses.field(
        default=None, metadata={"number": 2, "oneof": "source"}
    )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TrustSource:
    """Says whose certificates are believed."""

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class SystemRoots:
        """Believes the public authorities."""

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class Secret:
        """Names a Kubernetes Secret."""

        #: The name of the Secret.
        name: str = dataclasses.field(default="", metadata={"number": 1})

        #: Its namespace. Default: that of the proxy that reads it.
        namespace: str = dataclasses.field(default="", metadata={"number": 2})

    #: The public authorities that the proxy's system knows.
    system_roots: TrustSource.SystemRoots | None = dataclasses.field(
        default=None, metadata={"number": 1, "oneof": "source"}
    )

    #: A Kubernetes Secret with the authorities in its key `ca.crt`.
    secret: TrustSource.Secret | None = dataclasses.field(
        default=None, metadata={"number": 2, "oneof": "source"}
    )

    #: The authorities themselves. PEM, at most 64 KiB.
    bundle: str | None = dataclasses.field(default=None, metadata={"number": 3, "oneof": "source"})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TlsOrigination:
    """Encrypts at the last proxy of the path (sidecar or gateway) what the application sends in
    clear text. The server's certificate is always verified.
    """

    #: The port dialled, 1-65535. Default: 443.
    port: int = dataclasses.field(default=0, metadata={"number": 1})

    #: The server name asked for in the TLS handshake. Default: the host.
    sni: str = dataclasses.field(default="", metadata={"number": 2})

    #: Whose certificates are believed. Default: the system's authorities.
    trust: TrustSource | None = dataclasses.field(default=None, metadata={"number": 3})

    #: The names of which the server's certificate must carry one: DNS names or URIs. At most 64.
    #: Default: the host.
    subject_alt_names: tuple[str, ...] = dataclasses.field(default=(), metadata={"number": 4})

    #: The certificate shown to the server; its presence makes the TLS mutual. On the sidecar path a
    #: Secret is read in the caller's namespace.
    client_certificate: CertificateSource | None = dataclasses.field(
        default=None, metadata={"number": 5}
    )
