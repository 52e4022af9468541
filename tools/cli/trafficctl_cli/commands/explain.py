"""``trafficctl explain``: whether one call gets through, and why."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any, Final

import click
from google.protobuf.json_format import MessageToDict
from trafficctl.v2.reachability_pb2 import ExplainReachabilityRequest

from trafficctl_cli.commands.basis import basis_of
from trafficctl_cli.commands.options import Verb, about_the_server, output
from trafficctl_cli.commands.session import Session
from trafficctl_cli.exits import CommandError, Exit
from trafficctl_cli.server.catalog import TYPES, method
from trafficctl_cli.server.connection import Connection
from trafficctl_cli.server.failures import Failure
from trafficctl_cli.server.names import one_name
from trafficctl_cli.views.columns import enum_word, object_key
from trafficctl_cli.views.explain_view import explained
from trafficctl_cli.views.forms import as_yaml, one_json

_WORKLOAD: Final = TYPES["Workload"]
_OPTIONS: Final = {
    "port": "--port",
    "method": "--method",
    "path": "--path",
    "caller": "--from",
    "destination": "--to",
    "headers": "--header",
    "claims": "--claim",
    "basis": "--basis",
}


@click.command("explain", cls=Verb)
@click.option(
    "--from",
    "caller",
    required=True,
    metavar="WHO",
    help="A workload (its name or id), account:CLUSTER/NAMESPACE/NAME, outside, or"
    " outside:ADDRESS.",
)
@click.option("--from-cluster", metavar="CLUSTER", help="Where the workload calls from.")
@click.option("--certificate-name", metavar="NAME", help="In the certificate of one outside.")
@click.option(
    "--to", "called", required=True, metavar="WHAT", help="A workload (its name or id), or a host."
)
@click.option("--port", type=click.IntRange(1, 65535), required=True, help="The port it dials.")
@click.option("--method", "verb", metavar="GET", help="The HTTP method.")
@click.option("--path", metavar="/PATH", help="The path; of gRPC /package.Service/Method.")
@click.option("--header", "headers", multiple=True, metavar="NAME=VALUE", help="Of the request.")
@click.option(
    "--claim",
    "claims",
    multiple=True,
    metavar="PROVIDER:PATH=VALUE",
    help="Of its token, as in corp:groups=admin; segments of a path by '/'.",
)
@click.option(
    "--basis",
    default="desired",
    show_default=True,
    metavar="BASIS",
    help="desired (what is wanted), delivered, observed, or the name of a plan.",
)
@output("text", "json", "yaml", "name")
@about_the_server
@click.pass_obj
def command(session: Session, /, *, form: str, **said: Any) -> int:
    """Say whether a call gets through, by which way, and what decides.

      trafficctl explain --from httpbin02 --to sleep01 --port 80 --method GET --path /
      trafficctl explain --from outside:198.51.100.7 --to shop.example.com --port 443

    An id alone is looked for in the bundle version of --in. There is one answer for each cluster
    that the caller runs in. Ends with 0 if all of them are ALLOWED, else with 1.
    """
    request = _request(session.place, **said)
    with session.connection() as connection:
        try:
            found = connection.call(method("ExplainReachability"), request).explanations
        except Failure as failure:
            raise CommandError(failure.exit, _with_options(failure)) from None
        keys = _keys(connection, found) if form == "text" else {}
    if form == "json":
        session.screen.write(one_json([MessageToDict(it) for it in found]))
    elif form == "yaml":
        for text in as_yaml(MessageToDict(it) for it in found):
            session.screen.write(text)
    elif form == "name":
        session.screen.tell(enum_word(it, "verdict") for it in found)
    else:
        for index, each in enumerate(found):
            session.screen.tell([""] if index else [])
            session.screen.tell(explained(each, keys))
    allowed = bool(found) and all(enum_word(it, "verdict") == "ALLOWED" for it in found)
    return Exit.OK if allowed else Exit.DIFFERENT


def _request(
    place: str,
    *,
    caller: str,
    from_cluster: str | None,
    certificate_name: str | None,
    called: str,
    port: int,
    verb: str | None,
    path: str | None,
    headers: tuple[str, ...],
    claims: tuple[str, ...],
    basis: str,
) -> ExplainReachabilityRequest:
    request = ExplainReachabilityRequest(port=port, method=verb or "", path=path or "")
    _fill_caller(request.caller, caller, from_cluster, certificate_name, place)
    if "." in called and "/" not in called:
        request.destination.host = called
    else:
        request.destination.workload = _workload(called, place)
    for header in headers:
        name, found, value = header.partition("=")
        if not found:
            raise _wrong("--header", header, "NAME=VALUE")
        request.headers[name.lower()] = value
    for claim in claims:
        key, found, value = claim.partition("=")
        provider, colon, segments = key.partition(":")
        if not (found and colon):
            raise _wrong("--claim", claim, "PROVIDER:PATH=VALUE")
        request.claims.add(jwt_provider=provider, path=segments.split("/"), values=[value])
    request.basis.CopyFrom(basis_of(basis, place))
    return request


def _fill_caller(
    caller: Any, word: str, cluster: str | None, certificate_name: str | None, place: str
) -> None:
    sort, _, rest = word.partition(":")
    if sort == "outside":
        caller.outside.SetInParent()
        caller.outside.address = rest
        caller.outside.certificate_name = certificate_name or ""
    elif sort == "account":
        parts = rest.split("/")
        if len(parts) != 3:  # noqa: PLR2004 - cluster, namespace, name
            raise _wrong("--from", word, "account:CLUSTER/NAMESPACE/NAME")
        caller.identity.cluster = f"clusters/{parts[0]}"
        caller.identity.namespace, caller.identity.service_account = parts[1:]
    else:
        caller.workload.name = _workload(word, place)
        if cluster:
            caller.workload.cluster = f"clusters/{cluster.removeprefix('clusters/')}"


def _keys(connection: Connection, explanations: Iterable[Any]) -> dict[str, str]:
    """Find out what people call the objects that decide."""
    get = TYPES["ManagedObject"].method("Get")
    keys = {}
    for name in {it for each in explanations for hop in each.hops for it in hop.objects}:
        with suppress(Failure):  # gone meanwhile, or not written yet: its name must do
            keys[name] = object_key(connection.call(get, get.request(name=name)))
    return keys


def _workload(word: str, place: str) -> str:
    return one_name(word if "/" in word else f"workloads/{word}", place, [_WORKLOAD])


def _wrong(option: str, said: str, form: str) -> CommandError:
    return CommandError(Exit.USAGE, [f"{option} {said!r} is not of the form {form}"])


def _with_options(failure: Failure) -> list[str]:
    """Tell a refusal by the options that people wrote, not by the request's fields."""
    first, *rest = failure.lines()
    told = [first]
    for line in rest:
        path, colon, text = line.strip().partition(": ")
        head = path.replace("[", ".").partition(".")[0]
        told.append(f"  {_OPTIONS[head]}: {text}" if colon and head in _OPTIONS else line)
    return told
