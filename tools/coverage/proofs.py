"""What shows each field: tests by ``file::name``, scenarios by their file; longest prefix wins."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_ISTIO: Final = "plugins/istio/tests/"
_ENGINE: Final = "tests/integration/engine/"
_CASES: Final = "tests/scenarios/cases/"
_WRITES: Final = "tests/integration/api/test_writes.py::"
_EXAMPLES: Final = "tests/docs/test_intents_md.py::test_an_example_gives_the_results_shown"
_CLAIMS: Final = "tests/docs/test_intents_md.py::test_what_the_page_only_claims_is_so"
_POLICIES: Final = f"{_ISTIO}test_traffic_policy.py::"
_OUTSIDE: Final = f"{_ISTIO}test_outside.py::"
_PITFALLS: Final = f"{_ISTIO}test_pitfalls.py::"

SERVED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "name": f"{_ENGINE}test_status.py::"
        "test_each_object_is_a_resource_that_names_its_file_and_its_origins",
        "display_name": f"{_WRITES}test_what_is_created_is_read_back_as_it_was_answered",
        "labels": "tests/integration/api/test_reads.py::test_filters_narrow_and_orders_sort",
        "uid": "tests/unit/api/test_field_behaviors.py::"
        "test_outputs_are_cleared_at_every_depth_and_nothing_else",
        "state": f"{_ENGINE}test_status.py::test_a_settled_intent_says_how_far_it_got_and_when",
        "service_mesh": f"{_CASES}t22-mesh-of-the-cluster.yaml",
        "clusters": f"{_ENGINE}test_waiting.py::test_it_says_why",
        "overrides": _CLAIMS,
        "destination.workload": f"{_CASES}t15-one-service-in-two-clusters.yaml",
        "destination.addressing": f"{_ENGINE}test_refusals.py::"
        "test_addressing_that_the_workload_states_otherwise_is_refused",
        "destination.service_accounts": _CLAIMS,
        "ports.port": f"{_CASES}ports-of-pods.yaml",
        "ports.protocol": f"{_CASES}t30-protocol-of-a-port.yaml",
        "external_prefix": f"{_CASES}t04-outer-name-without-a-way-in.yaml",
        "termination": f"{_PITFALLS}test_mutual_tls_always_checks_who_the_server_is",
        "callers.workload": f"{_CASES}t23-three-access-points.yaml",
        "callers.workload.{resource_bundle": f"{_CASES}callers-of-other-owners.yaml",
        "callers.service_account": f"{_CASES}callers-of-other-owners.yaml",
        "callers.namespace": f"{_CASES}callers-of-other-owners.yaml",
        "callers.any_client": f"{_CASES}callers-of-other-owners.yaml",
        "callers.any_client.identity.ANYONE": f"{_CASES}plaintext-for-anyone.yaml",
        "callers.external": f"{_CASES}inbound-clients-by-network-and-token.yaml",
        "callers.external.certificate_names": f"{_CASES}inbound-clients-by-certificate.yaml",
        "callers.access": f"{_CASES}requests-and-bytes.yaml",
        "callers.access.action.DENY": f"{_CASES}deny-that-could-be-dodged.yaml",
        "callers.access.http.paths": f"{_ISTIO}test_reachability.py::"
        "test_policies_admit_what_is_granted_and_nothing_else",
        "callers.access.grpc": f"{_CASES}grpc-methods.yaml",
        "callers.access.headers": f"{_CASES}headers-of-requests.yaml",
        "callers.access.claims": f"{_CASES}tokens-and-claims.yaml",
        "callers.egress.sidecar": f"{_CASES}outbound-by-sidecar.yaml",
        "callers.egress.dedicated_gateway": f"{_CASES}outbound-by-own-gateway.yaml",
        "callers.egress.dedicated_gateway.": f"{_ISTIO}test_gateway_workload.py::"
        "test_the_autoscaler_alone_decides_how_many_pods_run",
        "mutual_tls": f"{_CASES}plaintext-for-anyone.yaml",
        "mutual_tls.mode.STRICT": f"{_CASES}t01-tcp-between-clusters.yaml",
        "overrides.mutual_tls": _CLAIMS,
        "jwt_providers": f"{_CASES}tokens-and-claims.yaml",
        "jwt_providers.locations": _CLAIMS,
        "jwt_providers.forwarding": _CLAIMS,
        "jwt_providers.clock_skew": f"{_ISTIO}test_refusals.py::"
        "test_a_provider_that_istio_cannot_describe",
        "traffic_policy.load_balancing": f"{_POLICIES}test_load_balancing",
        "traffic_policy.locality": f"{_POLICIES}test_failover_over_clusters_has_all_its_parts",
        "traffic_policy.locality.distribute": f"{_POLICIES}"
        "test_places_without_a_zone_are_whole_regions",
        "traffic_policy.locality.failover": f"{_POLICIES}test_what_is_stated_of_failover_holds",
        "traffic_policy.connection_limits": f"{_POLICIES}"
        "test_an_idle_timeout_is_that_of_requests_or_of_connections",
        "traffic_policy.outlier_detection": f"{_POLICIES}"
        "test_outlier_detection_never_takes_the_last_one",
        "traffic_policy.timeout": f"{_CASES}timeouts-and-retries.yaml",
        "traffic_policy.retries": f"{_POLICIES}test_retries_only_after_what_is_stated",
        "traffic_policy.fault": f"{_CASES}faults-and-timeouts.yaml",
        "traffic_policy.mirrors": f"{_CASES}copies-to-another-cluster.yaml",
        "traffic_policy.shift": f"{_CASES}shift-over-clusters.yaml",
        "traffic_policy.routes": f"{_CASES}routes-by-request.yaml",
        "traffic_policy.routes.matches": f"{_POLICIES}test_paths_that_need_an_expression",
        "traffic_policy.routes.rewrite": f"{_POLICIES}test_a_rewritten_prefix_is_whole_segments",
        "hosts.host": f"{_CASES}outbound-by-sidecar.yaml",
        "hosts.dns": f"{_OUTSIDE}test_how_many_addresses_of_dns_are_used",
        "hosts.static": f"{_OUTSIDE}test_the_last_address_is_never_left_out",
        "hosts.original_destination": f"{_OUTSIDE}test_dialled_bytes_are_held_to_networks",
        "hosts.ports": f"{_CASES}outbound-by-sidecar.yaml",
        "hosts.ports.originate": f"{_CASES}outbound-tls-begun-by-the-proxy.yaml",
        "hosts.ports.originate.trust": f"{_OUTSIDE}test_authorities_are_always_named",
        "hosts.ports.originate.client_certificate": f"{_OUTSIDE}"
        "test_certificate_and_authorities_come_from_one_secret",
        "exposed_hosts": f"{_CASES}host-of-another-project.yaml",
        "exposed_hosts.prefix": f"{_CASES}inbound-prefix-of-each-cluster.yaml",
        "listeners": f"{_CASES}t12-inbound-with-a-certificate.yaml",
        "listeners.passthrough": f"{_CASES}inbound-tls-to-the-workload.yaml",
        "listeners.mutual": f"{_CASES}inbound-clients-by-certificate.yaml",
        "listeners.redirect_from_port": f"{_CASES}inbound-clients-by-certificate.yaml",
        "listeners.cipher_suites": _CLAIMS,
        "listeners.{simple.certificate": _CLAIMS,
        "path_prefix": f"{_CASES}inbound-paths-of-one-host.yaml",
        "gateway": f"{_ENGINE}test_waiting.py::test_it_says_why",
        "cors": _CLAIMS,
    }
)
"""First field of a row of ``docs/intents.md`` → what shows it."""

NOT_SERVED: Final = (
    f"{_ENGINE}test_refusals.py::"
    "test_a_field_that_the_driver_does_not_enforce_is_refused_with_its_path"
)
"""What shows that a field that no driver declares is refused with its path."""

NEVER: Final = _EXAMPLES.replace(
    "test_an_example_gives_the_results_shown",
    "test_what_can_never_be_names_a_rule_of_that_kind",
)
"""What shows that a field that can never be set in a kind of intent is refused by a rule."""

WHY_NOT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ports.protocol.UDP": "proxies pass UDP by and enforce nothing on it",
        "listeners.protocol": "bytes in plaintext carry no name by which hosts share a port",
        "destination.service_accounts": "inside a cluster callers know the server's account from"
        " its endpoints",
        "callers.access.headers.regex": "a policy matches headers by exact value, prefix or"
        " suffix only",
        "callers.access.claims": "tokens are checked where a service is, and a host outside has"
        " no proxy of ours",
        "callers.any_client": "whoever has an identity has no namespace to put the host's"
        " objects in",
        "callers.any_client.clusters": "callers outside are in no cluster",
        "callers.egress.shared_gateway": "a gateway that callers share keeps no caller apart on"
        " its way out, and Istio has no route through a CONNECT proxy without an EnvoyFilter,"
        " whose order is fragile",
        "mutual_tls.mode.DISABLED": "the gateway between proves itself to the server by mutual TLS",
        "mutual_tls.plaintext_quiet_period": "a directory shows no traffic, so nobody could say"
        " that plaintext is gone",
        "traffic_policy.load_balancing": "an ingress gateway balances over the service as its"
        " callers inside do; what holds for a path of a host is about requests",
        "traffic_policy.load_balancing.passthrough": "an address that the caller dialled is the"
        " virtual one, which leads nowhere",
        "traffic_policy.routes.matches.query_parameters.absent": "a route can ask for a parameter,"
        " not for its absence",
        "traffic_policy.shift.clusters": "an intracluster intent never leaves a cluster",
        "termination.AT_GATEWAY": "a session that ends at a gateway loses the caller's identity,"
        " and END_TO_END keeps it",
        "sdwan": "the way below the mesh is the matter of an SD-WAN driver",
        "hosts.ports.originate": "a proxy reads Secrets of its own namespace only, a directory"
        " holds none of ours, and proxies pass UDP by",
        "listeners.simple": "keys and authorities in an intent would pass through the ledger; a"
        " gateway reads Secrets of its own namespace",
    }
)
"""First field of a row of what is not served → why not."""
