"""Every setting, in groups; the text under a field is its documentation.

The values are frozen: a change takes a restart. Files that the server writes are found below
``server.state_dir``; files that an operator brings are relative to the working directory.
"""

from collections.abc import Iterator
from datetime import timedelta
from ipaddress import IPv4Network
from pathlib import Path
from typing import Annotated, Any, Final, Literal, NamedTuple, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

from trafficctl_server.settings.quantities import Duration, Endpoint, EndpointText, Size

IN_MEMORY: Final = ":memory:"
BREACH: Final = "breach"
"""Type of the library's error that stands for a :class:`Breach`; its context has ``fields``."""
_MIB: Final = 1 << 20
_TAKEN_POOLS: Final = (IPv4Network("240.0.0.0/16"), IPv4Network("240.240.0.0/16"))
_NAME: Final = r"^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$"


def _names(written: Any) -> Any:
    if isinstance(written, str):
        return [name.strip() for name in written.split(",") if name.strip()]
    return written


DriverName = Annotated[str, Field(pattern=_NAME)]
DriverNames = Annotated[tuple[DriverName, ...], BeforeValidator(_names)]


class Breach(NamedTuple):
    """A rule over several settings that is not kept.

    :ivar fields: paths below the group of all that it is about.
    :ivar text: what is wrong and what to do.
    """

    fields: tuple[tuple[str, ...], ...]
    text: str


class Group(BaseModel):
    """Settings that belong together; unknown names are mistakes."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        use_attribute_docstrings=True,
        validate_default=True,
        hide_input_in_errors=True,
    )

    def breaches(self) -> Iterator[Breach]:
        """Give every rule over several of the group's settings that is not kept."""
        yield from ()

    @model_validator(mode="after")
    def _keeps_its_rules(self) -> Self:
        if breaches := list(self.breaches()):
            raise ValidationError.from_exception_data(
                type(self).__name__,
                [
                    InitErrorDetails(
                        type=PydanticCustomError(BREACH, "{text}", breach._asdict()), input=None
                    )
                    for breach in breaches
                ],
            )
        return self


class TlsSettings(Group):
    """The server's certificate, and whose client certificates it trusts."""

    cert: Path
    """PEM file with the server's certificate chain, leaf first."""

    key: Path
    """PEM file with the private key of `cert`, without a password: nobody is there to type it."""

    client_ca: Path | None = None
    """PEM file with the authorities of client certificates. With it every client must present one
    (mutual TLS), and its SPIFFE id or common name is the principal. Default: none asked."""


class ServerSettings(Group):
    """The door: where it listens, whom it lets in, how it closes."""

    listen: EndpointText = Endpoint(host="127.0.0.1", port=50051)
    """`host:port`, `[address]:port` or `unix:/path`. Port 0 lets the system choose. Anything but
    loopback or a unix socket needs `tls.client_ca` or `token_file`. Default: loopback, so that a
    first start opens nothing to the network."""

    tls: TlsSettings | None = None
    """Serve TLS. Default: plaintext, which fits loopback and a unix socket."""

    token_file: Path | None = None
    """File of bearer tokens, one `principal:token` a line, `#` for comments; the last colon
    separates. A client sends `authorization: Bearer <token>`. Several tokens of one principal
    may stand side by side while they are rotated. Default: none."""

    state_dir: Path = Path("trafficctl-state")
    """Directory of what the server keeps: database, key, delivered trees. Relative to the working
    directory. Default: `trafficctl-state` there."""

    drain_deadline: Duration = Field(
        default=timedelta(seconds=10), ge=timedelta(0), le=timedelta(minutes=10)
    )
    """How long RPCs under way may still run after SIGTERM. 0s to 10m. Default: 10s, well within the
    30s that Kubernetes grants a pod."""

    def breaches(self) -> Iterator[Breach]:
        """Tell a door that is open to everybody."""
        mutual = self.tls is not None and self.tls.client_ca is not None
        if not (self.listen.local or mutual or self.token_file):
            yield Breach(
                fields=(("listen",), ("tls", "client_ca"), ("token_file",)),
                text=f"listen = {self.listen} is open to other machines: set tls.client_ca or"
                " token_file, or listen on 127.0.0.1 or unix:/path",
            )


class StoreSettings(Group):
    """Where wishes and facts are durable, and how long the past is kept."""

    path: str = Field(default="trafficctl.db", min_length=1)
    """SQLite file, below `server.state_dir` unless absolute; `:memory:` keeps nothing over a
    restart (tests and trials). Default: `trafficctl.db`."""

    key_file: Path = Path("trafficctl.key")
    """File of the key that seals secrets in the store, below `server.state_dir` unless absolute.
    It is created, readable by its owner only, when it is absent. Keep a copy elsewhere: without it
    the secrets in a backup stay sealed. Default: `trafficctl.key`."""

    key: SecretStr | None = None
    """The same key, 32 bytes in base64, from the environment only; it wins over `key_file`.
    Default: unset."""

    wishes_age: Duration = Field(default=timedelta(days=30), ge=timedelta(days=30))
    """How long old revisions of what users asked for are kept. At least 30d, which the API
    promises. Default: 30d."""

    progress_age: Duration = Field(default=timedelta(hours=1), ge=timedelta(hours=1))
    """How long changes of state are kept for a Watch that resumes. At least 1h, which the API
    promises. Default: 1h, as progress is frequent and soon worthless."""

    requests_age: Duration = Field(default=timedelta(hours=24), ge=timedelta(hours=24))
    """How long a `request_id` is remembered with its answer. At least 24h, which the API promises.
    Default: 24h."""

    compaction_interval: Duration = Field(
        default=timedelta(minutes=10), ge=timedelta(seconds=1), le=timedelta(days=1)
    )
    """How often what is older than these ages is dropped. 1s to 1d. Default: 10m, which keeps each
    round small."""


class DeliverySettings(Group):
    """How objects reach their targets."""

    directory_root: Path = Path("clusters")
    """Directory below which each cluster with a directory target has its tree, below
    `server.state_dir` unless absolute. Never put an older copy of a tree back: what changed since
    is brought up to date, but what was deleted since stays in it. A tree that was emptied is
    written anew. Default: `clusters`."""

    scan_interval: Duration = Field(
        default=timedelta(seconds=30), ge=timedelta(milliseconds=100), le=timedelta(days=1)
    )
    """How often each target is compared with the ledger (drift). 100ms to 1d. All clusters together
    are looked through with a fifth of a processor at most, so it takes longer where there are very
    many objects. Default: 30s: an edit by hand does not live long, and the disk hardly notices."""

    backoff_initial: Duration = Field(
        default=timedelta(seconds=1), ge=timedelta(milliseconds=10), le=timedelta(minutes=10)
    )
    """Wait after the first failed delivery to a target; it doubles, with jitter, up to
    `backoff_limit`. 10ms to 10m. Default: 1s."""

    backoff_limit: Duration = Field(
        default=timedelta(minutes=5), ge=timedelta(milliseconds=10), le=timedelta(hours=24)
    )
    """Longest wait between two attempts; a target is tried for ever. 10ms to 24h. Default: 5m: a
    cluster that comes back is served soon, one that is away costs nothing."""

    def breaches(self) -> Iterator[Breach]:
        """Tell waits that would shrink."""
        if self.backoff_limit < self.backoff_initial:
            yield Breach(
                fields=(("backoff_limit",), ("backoff_initial",)),
                text="backoff_limit is shorter than backoff_initial: make it longer",
            )


class AddressesSettings(Group):
    """The virtual addresses that destinations get."""

    pool: IPv4Network = IPv4Network("240.96.0.0/12")
    """IPv4 range of virtual addresses, /8 to /28, without host bits. It must not be routed in any
    cluster, nor overlap 240.0.0.0/16 or 240.240.0.0/16, which Istio's own tools hand out. Never
    change it while addresses are in use. Default: 240.96.0.0/12, a million addresses of the
    reserved block."""

    @field_validator("pool", mode="before")
    @classmethod
    def _is_a_network(cls, pool: Any) -> Any:
        try:
            return IPv4Network(pool)
        except ValueError:
            raise ValueError(
                "write an IPv4 network without host bits, such as 240.96.0.0/12"
            ) from None

    @field_validator("pool")
    @classmethod
    def _is_free(cls, pool: IPv4Network) -> IPv4Network:
        if not 8 <= pool.prefixlen <= 28:  # noqa: PLR2004 - the numbers of the sentence below
            raise ValueError("the pool must be /8 to /28, such as 240.96.0.0/12")
        for taken in _TAKEN_POOLS:
            if pool.overlaps(taken):
                raise ValueError(
                    f"the pool overlaps {taken}, which Istio's own tools hand out:"
                    " choose another, such as 240.96.0.0/12"
                )
        return pool


class DriversSettings(Group):
    """Which drivers are loaded, and what they may use."""

    blocked: DriverNames = ()
    """Names of drivers that are not loaded although they are installed; in the environment
    separated by commas. Default: none."""

    time_limit: Duration = Field(
        default=timedelta(seconds=5), ge=timedelta(milliseconds=100), le=timedelta(minutes=10)
    )
    """Longest time for one slice in a driver; past it the worker process is ended. 100ms to 10m.
    Default: 5s, a thousand times what a rendering takes."""

    load_limit: Duration = Field(
        default=timedelta(seconds=20), ge=timedelta(milliseconds=100), le=timedelta(minutes=10)
    )
    """Longest time to load one driver at start; past it the driver is refused. 100ms to 10m.
    Default: 20s, as a cold disk is slow."""

    memory_limit: Size = Field(default=512 * _MIB, ge=64 * _MIB)
    """Memory of one worker process. At least 64MiB. Default: 512MiB: an interpreter with a driver
    takes a tenth of it."""

    options: dict[DriverName, dict[str, str]] = {}
    """Settings of the drivers themselves, as text: `[drivers.options.<driver>]`, each driver's
    README names them. Default: none."""


class LimitsSettings(Group):
    """What one client, or all together, may ask of the server at once."""

    message_size: Size = Field(default=4 * _MIB, ge=64 << 10, le=64 * _MIB)
    """Largest message accepted. 64KiB to 64MiB. Default: 4MiB, the usual limit of gRPC clients;
    a resource has at most 1MiB."""

    concurrent_rpcs: int = Field(default=256, ge=1, le=100_000)
    """Unary RPCs in progress over all clients; one more is refused at once with `OVERLOADED`.
    1 to 100000. Default: 256: beyond that, waiting only makes all of them slow."""

    concurrent_streams: int = Field(default=512, ge=1, le=100_000)
    """Streams (Watch) in progress over all clients; one more is refused with `OVERLOADED`.
    1 to 100000. Default: 512: each holds a buffer."""

    default_deadline: Duration = Field(default=timedelta(seconds=30), ge=timedelta(milliseconds=10))
    """Deadline of a unary RPC whose client set none. At least 10ms. Default: 30s."""

    max_deadline: Duration = Field(default=timedelta(minutes=5), ge=timedelta(milliseconds=10))
    """Longest deadline of a unary RPC; a longer one is cut to it. At least 10ms. Default: 5m."""

    default_stream_deadline: Duration = Field(
        default=timedelta(hours=1), ge=timedelta(milliseconds=10)
    )
    """Deadline of a stream whose client set none; the client resumes from its last revision.
    At least 10ms. Default: 1h, so that streams spread again over restarted servers."""

    max_stream_deadline: Duration = Field(
        default=timedelta(hours=24), ge=timedelta(milliseconds=10)
    )
    """Longest deadline of a stream; a longer one is cut to it. At least 10ms. Default: 24h."""

    def breaches(self) -> Iterator[Breach]:
        """Tell defaults that would be cut."""
        for default, longest in (
            ("default_deadline", "max_deadline"),
            ("default_stream_deadline", "max_stream_deadline"),
        ):
            if getattr(self, longest) < getattr(self, default):
                yield Breach(
                    fields=((longest,), (default,)),
                    text=f"{longest} is shorter than {default}: make it longer",
                )


class LogSettings(Group):
    """What is written to standard error, one JSON object a line."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    """Least severe lines written. Those of RPCs are written together, at most 20 ms late: a server
    that is killed may take its last ones with it, one that is stopped takes none. Default: info:
    one line for each RPC and each change of state."""


class TracingSettings(Group):
    """Where spans go."""

    kind: Literal["none", "jaeger"] = "none"
    """`none` records no spans, but every request still has a trace id in logs and on errors;
    `jaeger` sends them to an agent. Default: none."""

    sampling_rate: float = Field(default=0.01, ge=0, le=1)
    """Share of traces that are recorded when the client did not decide, 0 to 1. Default: 0.01: a
    recorded request costs more than twice an unrecorded one."""

    agent: EndpointText = Endpoint(host="127.0.0.1", port=6831)
    """`host:port` (UDP) of the Jaeger agent. Default: 127.0.0.1:6831, a sidecar or node agent."""

    @field_validator("agent")
    @classmethod
    def _is_udp(cls, agent: Endpoint) -> Endpoint:
        if agent.path or not agent.port:
            raise ValueError("write host:port of the agent, such as '127.0.0.1:6831'")
        return agent
