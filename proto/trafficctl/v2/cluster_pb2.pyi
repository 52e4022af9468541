import datetime

from buf.validate import validate_pb2 as _validate_pb2
from google.api import annotations_pb2 as _annotations_pb2
from google.api import client_pb2 as _client_pb2
from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.api import resource_pb2 as _resource_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import field_mask_pb2 as _field_mask_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.rpc import status_pb2 as _status_pb2
from trafficctl.v2 import common_pb2 as _common_pb2
from trafficctl.v2 import convergence_pb2 as _convergence_pb2
from trafficctl.v2 import tls_pb2 as _tls_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Cluster(_message.Message):
    __slots__ = ("name", "display_name", "description", "uid", "etag", "generation", "revision", "create_time", "update_time", "delete_time", "labels", "annotations", "state", "creator", "last_editor", "locality", "network", "service_mesh", "mesh", "gateways", "external_domain", "directory", "kubernetes", "sdwan", "governed_namespaces", "drift_policy", "deletion_policy", "brake", "settled_at", "workload_discovery", "settle_time", "facts", "connection", "held", "credentials_info")
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[Cluster.State]
        ACTIVE: _ClassVar[Cluster.State]
        DRAINING: _ClassVar[Cluster.State]
        DRAINED: _ClassVar[Cluster.State]
        DELETING: _ClassVar[Cluster.State]
    STATE_UNSPECIFIED: Cluster.State
    ACTIVE: Cluster.State
    DRAINING: Cluster.State
    DRAINED: Cluster.State
    DELETING: Cluster.State
    class DriftPolicy(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        DRIFT_POLICY_UNSPECIFIED: _ClassVar[Cluster.DriftPolicy]
        REPAIR: _ClassVar[Cluster.DriftPolicy]
        REPORT: _ClassVar[Cluster.DriftPolicy]
    DRIFT_POLICY_UNSPECIFIED: Cluster.DriftPolicy
    REPAIR: Cluster.DriftPolicy
    REPORT: Cluster.DriftPolicy
    class DeletionPolicy(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        DELETION_POLICY_UNSPECIFIED: _ClassVar[Cluster.DeletionPolicy]
        REMOVE: _ClassVar[Cluster.DeletionPolicy]
        ORPHAN: _ClassVar[Cluster.DeletionPolicy]
    DELETION_POLICY_UNSPECIFIED: Cluster.DeletionPolicy
    REMOVE: Cluster.DeletionPolicy
    ORPHAN: Cluster.DeletionPolicy
    class Discovery(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        DISCOVERY_UNSPECIFIED: _ClassVar[Cluster.Discovery]
        OFF: _ClassVar[Cluster.Discovery]
        OBSERVE: _ClassVar[Cluster.Discovery]
    DISCOVERY_UNSPECIFIED: Cluster.Discovery
    OFF: Cluster.Discovery
    OBSERVE: Cluster.Discovery
    class LabelsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    class AnnotationsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    class Directory(_message.Message):
        __slots__ = ()
        def __init__(self) -> None: ...
    class Facts(_message.Message):
        __slots__ = ("target_uid", "kubernetes_version", "mesh", "gateways", "resource_definitions", "namespaces", "observe_time")
        class ResourceDefinition(_message.Message):
            __slots__ = ("name", "versions")
            NAME_FIELD_NUMBER: _ClassVar[int]
            VERSIONS_FIELD_NUMBER: _ClassVar[int]
            name: str
            versions: _containers.RepeatedScalarFieldContainer[str]
            def __init__(self, name: _Optional[str] = ..., versions: _Optional[_Iterable[str]] = ...) -> None: ...
        class Namespace(_message.Message):
            __slots__ = ("namespace", "data_plane")
            NAMESPACE_FIELD_NUMBER: _ClassVar[int]
            DATA_PLANE_FIELD_NUMBER: _ClassVar[int]
            namespace: str
            data_plane: MeshFacts.DataPlane
            def __init__(self, namespace: _Optional[str] = ..., data_plane: _Optional[_Union[MeshFacts.DataPlane, str]] = ...) -> None: ...
        TARGET_UID_FIELD_NUMBER: _ClassVar[int]
        KUBERNETES_VERSION_FIELD_NUMBER: _ClassVar[int]
        MESH_FIELD_NUMBER: _ClassVar[int]
        GATEWAYS_FIELD_NUMBER: _ClassVar[int]
        RESOURCE_DEFINITIONS_FIELD_NUMBER: _ClassVar[int]
        NAMESPACES_FIELD_NUMBER: _ClassVar[int]
        OBSERVE_TIME_FIELD_NUMBER: _ClassVar[int]
        target_uid: str
        kubernetes_version: str
        mesh: MeshFacts
        gateways: _containers.RepeatedCompositeFieldContainer[Gateway]
        resource_definitions: _containers.RepeatedCompositeFieldContainer[Cluster.Facts.ResourceDefinition]
        namespaces: _containers.RepeatedCompositeFieldContainer[Cluster.Facts.Namespace]
        observe_time: _timestamp_pb2.Timestamp
        def __init__(self, target_uid: _Optional[str] = ..., kubernetes_version: _Optional[str] = ..., mesh: _Optional[_Union[MeshFacts, _Mapping]] = ..., gateways: _Optional[_Iterable[_Union[Gateway, _Mapping]]] = ..., resource_definitions: _Optional[_Iterable[_Union[Cluster.Facts.ResourceDefinition, _Mapping]]] = ..., namespaces: _Optional[_Iterable[_Union[Cluster.Facts.Namespace, _Mapping]]] = ..., observe_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
    class Connection(_message.Message):
        __slots__ = ("reachable", "since", "error")
        REACHABLE_FIELD_NUMBER: _ClassVar[int]
        SINCE_FIELD_NUMBER: _ClassVar[int]
        ERROR_FIELD_NUMBER: _ClassVar[int]
        reachable: bool
        since: _timestamp_pb2.Timestamp
        error: _status_pb2.Status
        def __init__(self, reachable: bool = ..., since: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., error: _Optional[_Union[_status_pb2.Status, _Mapping]] = ...) -> None: ...
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    UID_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    GENERATION_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    DELETE_TIME_FIELD_NUMBER: _ClassVar[int]
    LABELS_FIELD_NUMBER: _ClassVar[int]
    ANNOTATIONS_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    CREATOR_FIELD_NUMBER: _ClassVar[int]
    LAST_EDITOR_FIELD_NUMBER: _ClassVar[int]
    LOCALITY_FIELD_NUMBER: _ClassVar[int]
    NETWORK_FIELD_NUMBER: _ClassVar[int]
    SERVICE_MESH_FIELD_NUMBER: _ClassVar[int]
    MESH_FIELD_NUMBER: _ClassVar[int]
    GATEWAYS_FIELD_NUMBER: _ClassVar[int]
    EXTERNAL_DOMAIN_FIELD_NUMBER: _ClassVar[int]
    DIRECTORY_FIELD_NUMBER: _ClassVar[int]
    KUBERNETES_FIELD_NUMBER: _ClassVar[int]
    SDWAN_FIELD_NUMBER: _ClassVar[int]
    GOVERNED_NAMESPACES_FIELD_NUMBER: _ClassVar[int]
    DRIFT_POLICY_FIELD_NUMBER: _ClassVar[int]
    DELETION_POLICY_FIELD_NUMBER: _ClassVar[int]
    BRAKE_FIELD_NUMBER: _ClassVar[int]
    SETTLED_AT_FIELD_NUMBER: _ClassVar[int]
    WORKLOAD_DISCOVERY_FIELD_NUMBER: _ClassVar[int]
    SETTLE_TIME_FIELD_NUMBER: _ClassVar[int]
    FACTS_FIELD_NUMBER: _ClassVar[int]
    CONNECTION_FIELD_NUMBER: _ClassVar[int]
    HELD_FIELD_NUMBER: _ClassVar[int]
    CREDENTIALS_INFO_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_name: str
    description: str
    uid: str
    etag: str
    generation: int
    revision: int
    create_time: _timestamp_pb2.Timestamp
    update_time: _timestamp_pb2.Timestamp
    delete_time: _timestamp_pb2.Timestamp
    labels: _containers.ScalarMap[str, str]
    annotations: _containers.ScalarMap[str, str]
    state: Cluster.State
    creator: str
    last_editor: str
    locality: _common_pb2.Locality
    network: str
    service_mesh: str
    mesh: MeshFacts
    gateways: _containers.RepeatedCompositeFieldContainer[Gateway]
    external_domain: str
    directory: Cluster.Directory
    kubernetes: KubernetesTarget
    sdwan: SdwanFacts
    governed_namespaces: _containers.RepeatedCompositeFieldContainer[GovernedNamespace]
    drift_policy: Cluster.DriftPolicy
    deletion_policy: Cluster.DeletionPolicy
    brake: _common_pb2.SafetyBrake
    settled_at: _convergence_pb2.Convergence.Stage
    workload_discovery: Cluster.Discovery
    settle_time: _duration_pb2.Duration
    facts: Cluster.Facts
    connection: Cluster.Connection
    held: HeldChange
    credentials_info: _common_pb2.SecretInfo
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., description: _Optional[str] = ..., uid: _Optional[str] = ..., etag: _Optional[str] = ..., generation: _Optional[int] = ..., revision: _Optional[int] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., delete_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., labels: _Optional[_Mapping[str, str]] = ..., annotations: _Optional[_Mapping[str, str]] = ..., state: _Optional[_Union[Cluster.State, str]] = ..., creator: _Optional[str] = ..., last_editor: _Optional[str] = ..., locality: _Optional[_Union[_common_pb2.Locality, _Mapping]] = ..., network: _Optional[str] = ..., service_mesh: _Optional[str] = ..., mesh: _Optional[_Union[MeshFacts, _Mapping]] = ..., gateways: _Optional[_Iterable[_Union[Gateway, _Mapping]]] = ..., external_domain: _Optional[str] = ..., directory: _Optional[_Union[Cluster.Directory, _Mapping]] = ..., kubernetes: _Optional[_Union[KubernetesTarget, _Mapping]] = ..., sdwan: _Optional[_Union[SdwanFacts, _Mapping]] = ..., governed_namespaces: _Optional[_Iterable[_Union[GovernedNamespace, _Mapping]]] = ..., drift_policy: _Optional[_Union[Cluster.DriftPolicy, str]] = ..., deletion_policy: _Optional[_Union[Cluster.DeletionPolicy, str]] = ..., brake: _Optional[_Union[_common_pb2.SafetyBrake, _Mapping]] = ..., settled_at: _Optional[_Union[_convergence_pb2.Convergence.Stage, str]] = ..., workload_discovery: _Optional[_Union[Cluster.Discovery, str]] = ..., settle_time: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., facts: _Optional[_Union[Cluster.Facts, _Mapping]] = ..., connection: _Optional[_Union[Cluster.Connection, _Mapping]] = ..., held: _Optional[_Union[HeldChange, _Mapping]] = ..., credentials_info: _Optional[_Union[_common_pb2.SecretInfo, _Mapping]] = ...) -> None: ...

class CreateClusterRequest(_message.Message):
    __slots__ = ("cluster_id", "cluster", "validate_only", "request_id")
    CLUSTER_ID_FIELD_NUMBER: _ClassVar[int]
    CLUSTER_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    cluster_id: str
    cluster: Cluster
    validate_only: bool
    request_id: str
    def __init__(self, cluster_id: _Optional[str] = ..., cluster: _Optional[_Union[Cluster, _Mapping]] = ..., validate_only: bool = ..., request_id: _Optional[str] = ...) -> None: ...

class GetClusterRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListClustersRequest(_message.Message):
    __slots__ = ("page_size", "page_token", "filter", "order_by")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    ORDER_BY_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    filter: str
    order_by: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., filter: _Optional[str] = ..., order_by: _Optional[str] = ...) -> None: ...

class ListClustersResponse(_message.Message):
    __slots__ = ("clusters", "next_page_token")
    CLUSTERS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    clusters: _containers.RepeatedCompositeFieldContainer[Cluster]
    next_page_token: str
    def __init__(self, clusters: _Optional[_Iterable[_Union[Cluster, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class UpdateClusterRequest(_message.Message):
    __slots__ = ("cluster", "update_mask", "allow_missing", "validate_only", "request_id")
    CLUSTER_FIELD_NUMBER: _ClassVar[int]
    UPDATE_MASK_FIELD_NUMBER: _ClassVar[int]
    ALLOW_MISSING_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    cluster: Cluster
    update_mask: _field_mask_pb2.FieldMask
    allow_missing: bool
    validate_only: bool
    request_id: str
    def __init__(self, cluster: _Optional[_Union[Cluster, _Mapping]] = ..., update_mask: _Optional[_Union[_field_mask_pb2.FieldMask, _Mapping]] = ..., allow_missing: bool = ..., validate_only: bool = ..., request_id: _Optional[str] = ...) -> None: ...

class DeleteClusterRequest(_message.Message):
    __slots__ = ("name", "etag", "force", "allow_missing", "validate_only", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    FORCE_FIELD_NUMBER: _ClassVar[int]
    ALLOW_MISSING_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    force: bool
    allow_missing: bool
    validate_only: bool
    request_id: str
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., force: bool = ..., allow_missing: bool = ..., validate_only: bool = ..., request_id: _Optional[str] = ...) -> None: ...

class CheckClusterRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class CheckClusterResponse(_message.Message):
    __slots__ = ("checks",)
    class Check(_message.Message):
        __slots__ = ("id", "result", "detail")
        class Result(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
            __slots__ = ()
            RESULT_UNSPECIFIED: _ClassVar[CheckClusterResponse.Check.Result]
            PASSED: _ClassVar[CheckClusterResponse.Check.Result]
            FAILED: _ClassVar[CheckClusterResponse.Check.Result]
            SKIPPED: _ClassVar[CheckClusterResponse.Check.Result]
        RESULT_UNSPECIFIED: CheckClusterResponse.Check.Result
        PASSED: CheckClusterResponse.Check.Result
        FAILED: CheckClusterResponse.Check.Result
        SKIPPED: CheckClusterResponse.Check.Result
        ID_FIELD_NUMBER: _ClassVar[int]
        RESULT_FIELD_NUMBER: _ClassVar[int]
        DETAIL_FIELD_NUMBER: _ClassVar[int]
        id: str
        result: CheckClusterResponse.Check.Result
        detail: str
        def __init__(self, id: _Optional[str] = ..., result: _Optional[_Union[CheckClusterResponse.Check.Result, str]] = ..., detail: _Optional[str] = ...) -> None: ...
    CHECKS_FIELD_NUMBER: _ClassVar[int]
    checks: _containers.RepeatedCompositeFieldContainer[CheckClusterResponse.Check]
    def __init__(self, checks: _Optional[_Iterable[_Union[CheckClusterResponse.Check, _Mapping]]] = ...) -> None: ...

class DrainClusterRequest(_message.Message):
    __slots__ = ("name", "etag", "validate_only", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    validate_only: bool
    request_id: str
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., validate_only: bool = ..., request_id: _Optional[str] = ...) -> None: ...

class ResumeClusterRequest(_message.Message):
    __slots__ = ("name", "etag", "validate_only", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    validate_only: bool
    request_id: str
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., validate_only: bool = ..., request_id: _Optional[str] = ...) -> None: ...

class ReleaseClusterRequest(_message.Message):
    __slots__ = ("name", "held_digest", "validate_only", "request_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    HELD_DIGEST_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    held_digest: str
    validate_only: bool
    request_id: str
    def __init__(self, name: _Optional[str] = ..., held_digest: _Optional[str] = ..., validate_only: bool = ..., request_id: _Optional[str] = ...) -> None: ...

class MeshFacts(_message.Message):
    __slots__ = ("mesh_id", "trust_domain", "aliases", "root_namespace", "cluster_domain", "suffix", "version", "root_digest", "revision", "data_plane")
    class DataPlane(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        DATA_PLANE_UNSPECIFIED: _ClassVar[MeshFacts.DataPlane]
        SIDECAR: _ClassVar[MeshFacts.DataPlane]
        AMBIENT: _ClassVar[MeshFacts.DataPlane]
    DATA_PLANE_UNSPECIFIED: MeshFacts.DataPlane
    SIDECAR: MeshFacts.DataPlane
    AMBIENT: MeshFacts.DataPlane
    MESH_ID_FIELD_NUMBER: _ClassVar[int]
    TRUST_DOMAIN_FIELD_NUMBER: _ClassVar[int]
    ALIASES_FIELD_NUMBER: _ClassVar[int]
    ROOT_NAMESPACE_FIELD_NUMBER: _ClassVar[int]
    CLUSTER_DOMAIN_FIELD_NUMBER: _ClassVar[int]
    SUFFIX_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    ROOT_DIGEST_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    DATA_PLANE_FIELD_NUMBER: _ClassVar[int]
    mesh_id: str
    trust_domain: str
    aliases: _containers.RepeatedScalarFieldContainer[str]
    root_namespace: str
    cluster_domain: str
    suffix: str
    version: str
    root_digest: str
    revision: str
    data_plane: MeshFacts.DataPlane
    def __init__(self, mesh_id: _Optional[str] = ..., trust_domain: _Optional[str] = ..., aliases: _Optional[_Iterable[str]] = ..., root_namespace: _Optional[str] = ..., cluster_domain: _Optional[str] = ..., suffix: _Optional[str] = ..., version: _Optional[str] = ..., root_digest: _Optional[str] = ..., revision: _Optional[str] = ..., data_plane: _Optional[_Union[MeshFacts.DataPlane, str]] = ...) -> None: ...

class Gateway(_message.Message):
    __slots__ = ("id", "role", "namespace", "selector", "service", "addresses", "ports", "service_account")
    class Role(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        ROLE_UNSPECIFIED: _ClassVar[Gateway.Role]
        EAST_WEST: _ClassVar[Gateway.Role]
        INGRESS: _ClassVar[Gateway.Role]
        EGRESS: _ClassVar[Gateway.Role]
    ROLE_UNSPECIFIED: Gateway.Role
    EAST_WEST: Gateway.Role
    INGRESS: Gateway.Role
    EGRESS: Gateway.Role
    class SelectorEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    ID_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    NAMESPACE_FIELD_NUMBER: _ClassVar[int]
    SELECTOR_FIELD_NUMBER: _ClassVar[int]
    SERVICE_FIELD_NUMBER: _ClassVar[int]
    ADDRESSES_FIELD_NUMBER: _ClassVar[int]
    PORTS_FIELD_NUMBER: _ClassVar[int]
    SERVICE_ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    id: str
    role: Gateway.Role
    namespace: str
    selector: _containers.ScalarMap[str, str]
    service: str
    addresses: _containers.RepeatedScalarFieldContainer[str]
    ports: _containers.RepeatedCompositeFieldContainer[GatewayPort]
    service_account: str
    def __init__(self, id: _Optional[str] = ..., role: _Optional[_Union[Gateway.Role, str]] = ..., namespace: _Optional[str] = ..., selector: _Optional[_Mapping[str, str]] = ..., service: _Optional[str] = ..., addresses: _Optional[_Iterable[str]] = ..., ports: _Optional[_Iterable[_Union[GatewayPort, _Mapping]]] = ..., service_account: _Optional[str] = ...) -> None: ...

class GatewayPort(_message.Message):
    __slots__ = ("port", "target_port", "external_port")
    PORT_FIELD_NUMBER: _ClassVar[int]
    TARGET_PORT_FIELD_NUMBER: _ClassVar[int]
    EXTERNAL_PORT_FIELD_NUMBER: _ClassVar[int]
    port: int
    target_port: int
    external_port: int
    def __init__(self, port: _Optional[int] = ..., target_port: _Optional[int] = ..., external_port: _Optional[int] = ...) -> None: ...

class KubernetesTarget(_message.Message):
    __slots__ = ("kubeconfig", "in_cluster", "impersonate", "tls_verification", "field_manager", "max_in_flight")
    class TlsVerification(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        TLS_VERIFICATION_UNSPECIFIED: _ClassVar[KubernetesTarget.TlsVerification]
        REQUIRED: _ClassVar[KubernetesTarget.TlsVerification]
        SKIPPED: _ClassVar[KubernetesTarget.TlsVerification]
    TLS_VERIFICATION_UNSPECIFIED: KubernetesTarget.TlsVerification
    REQUIRED: KubernetesTarget.TlsVerification
    SKIPPED: KubernetesTarget.TlsVerification
    class InCluster(_message.Message):
        __slots__ = ()
        def __init__(self) -> None: ...
    KUBECONFIG_FIELD_NUMBER: _ClassVar[int]
    IN_CLUSTER_FIELD_NUMBER: _ClassVar[int]
    IMPERSONATE_FIELD_NUMBER: _ClassVar[int]
    TLS_VERIFICATION_FIELD_NUMBER: _ClassVar[int]
    FIELD_MANAGER_FIELD_NUMBER: _ClassVar[int]
    MAX_IN_FLIGHT_FIELD_NUMBER: _ClassVar[int]
    kubeconfig: bytes
    in_cluster: KubernetesTarget.InCluster
    impersonate: str
    tls_verification: KubernetesTarget.TlsVerification
    field_manager: str
    max_in_flight: int
    def __init__(self, kubeconfig: _Optional[bytes] = ..., in_cluster: _Optional[_Union[KubernetesTarget.InCluster, _Mapping]] = ..., impersonate: _Optional[str] = ..., tls_verification: _Optional[_Union[KubernetesTarget.TlsVerification, str]] = ..., field_manager: _Optional[str] = ..., max_in_flight: _Optional[int] = ...) -> None: ...

class GovernedNamespace(_message.Message):
    __slots__ = ("namespace", "projects", "default_access", "outbound_scope", "spared_callers", "data_plane")
    class DefaultAccess(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        DEFAULT_ACCESS_UNSPECIFIED: _ClassVar[GovernedNamespace.DefaultAccess]
        DENY_ALL: _ClassVar[GovernedNamespace.DefaultAccess]
        LEAVE: _ClassVar[GovernedNamespace.DefaultAccess]
    DEFAULT_ACCESS_UNSPECIFIED: GovernedNamespace.DefaultAccess
    DENY_ALL: GovernedNamespace.DefaultAccess
    LEAVE: GovernedNamespace.DefaultAccess
    class OutboundScope(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        OUTBOUND_SCOPE_UNSPECIFIED: _ClassVar[GovernedNamespace.OutboundScope]
        ANY: _ClassVar[GovernedNamespace.OutboundScope]
        DECLARED_ONLY: _ClassVar[GovernedNamespace.OutboundScope]
    OUTBOUND_SCOPE_UNSPECIFIED: GovernedNamespace.OutboundScope
    ANY: GovernedNamespace.OutboundScope
    DECLARED_ONLY: GovernedNamespace.OutboundScope
    NAMESPACE_FIELD_NUMBER: _ClassVar[int]
    PROJECTS_FIELD_NUMBER: _ClassVar[int]
    DEFAULT_ACCESS_FIELD_NUMBER: _ClassVar[int]
    OUTBOUND_SCOPE_FIELD_NUMBER: _ClassVar[int]
    SPARED_CALLERS_FIELD_NUMBER: _ClassVar[int]
    DATA_PLANE_FIELD_NUMBER: _ClassVar[int]
    namespace: str
    projects: _containers.RepeatedScalarFieldContainer[str]
    default_access: GovernedNamespace.DefaultAccess
    outbound_scope: GovernedNamespace.OutboundScope
    spared_callers: _containers.RepeatedCompositeFieldContainer[SparedCaller]
    data_plane: MeshFacts.DataPlane
    def __init__(self, namespace: _Optional[str] = ..., projects: _Optional[_Iterable[str]] = ..., default_access: _Optional[_Union[GovernedNamespace.DefaultAccess, str]] = ..., outbound_scope: _Optional[_Union[GovernedNamespace.OutboundScope, str]] = ..., spared_callers: _Optional[_Iterable[_Union[SparedCaller, _Mapping]]] = ..., data_plane: _Optional[_Union[MeshFacts.DataPlane, str]] = ...) -> None: ...

class SparedCaller(_message.Message):
    __slots__ = ("namespace", "service_account", "workload_ports", "paths")
    NAMESPACE_FIELD_NUMBER: _ClassVar[int]
    SERVICE_ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    WORKLOAD_PORTS_FIELD_NUMBER: _ClassVar[int]
    PATHS_FIELD_NUMBER: _ClassVar[int]
    namespace: str
    service_account: str
    workload_ports: _containers.RepeatedScalarFieldContainer[int]
    paths: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, namespace: _Optional[str] = ..., service_account: _Optional[str] = ..., workload_ports: _Optional[_Iterable[int]] = ..., paths: _Optional[_Iterable[str]] = ...) -> None: ...

class HeldChange(_message.Message):
    __slots__ = ("digest", "reason", "since", "objects", "object_count", "owned_count")
    DIGEST_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    SINCE_FIELD_NUMBER: _ClassVar[int]
    OBJECTS_FIELD_NUMBER: _ClassVar[int]
    OBJECT_COUNT_FIELD_NUMBER: _ClassVar[int]
    OWNED_COUNT_FIELD_NUMBER: _ClassVar[int]
    digest: str
    reason: _convergence_pb2.Convergence.Reason
    since: _timestamp_pb2.Timestamp
    objects: _containers.RepeatedCompositeFieldContainer[_convergence_pb2.ObjectRef]
    object_count: int
    owned_count: int
    def __init__(self, digest: _Optional[str] = ..., reason: _Optional[_Union[_convergence_pb2.Convergence.Reason, str]] = ..., since: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., objects: _Optional[_Iterable[_Union[_convergence_pb2.ObjectRef, _Mapping]]] = ..., object_count: _Optional[int] = ..., owned_count: _Optional[int] = ...) -> None: ...

class SdwanFacts(_message.Message):
    __slots__ = ("driver", "purpose", "namespace", "family", "overlay_managed", "wan", "lan", "overlay_address", "hubs", "pod_cidr", "ingress", "cnf_ports", "rest")
    class Family(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        FAMILY_UNSPECIFIED: _ClassVar[SdwanFacts.Family]
        RAW: _ClassVar[SdwanFacts.Family]
        FW3: _ClassVar[SdwanFacts.Family]
    FAMILY_UNSPECIFIED: SdwanFacts.Family
    RAW: SdwanFacts.Family
    FW3: SdwanFacts.Family
    class Wan(_message.Message):
        __slots__ = ("network", "interface", "address", "public_address", "weight", "metric")
        NETWORK_FIELD_NUMBER: _ClassVar[int]
        INTERFACE_FIELD_NUMBER: _ClassVar[int]
        ADDRESS_FIELD_NUMBER: _ClassVar[int]
        PUBLIC_ADDRESS_FIELD_NUMBER: _ClassVar[int]
        WEIGHT_FIELD_NUMBER: _ClassVar[int]
        METRIC_FIELD_NUMBER: _ClassVar[int]
        network: str
        interface: str
        address: str
        public_address: str
        weight: int
        metric: int
        def __init__(self, network: _Optional[str] = ..., interface: _Optional[str] = ..., address: _Optional[str] = ..., public_address: _Optional[str] = ..., weight: _Optional[int] = ..., metric: _Optional[int] = ...) -> None: ...
    class Lan(_message.Message):
        __slots__ = ("network", "interface", "cidr")
        NETWORK_FIELD_NUMBER: _ClassVar[int]
        INTERFACE_FIELD_NUMBER: _ClassVar[int]
        CIDR_FIELD_NUMBER: _ClassVar[int]
        network: str
        interface: str
        cidr: str
        def __init__(self, network: _Optional[str] = ..., interface: _Optional[str] = ..., cidr: _Optional[str] = ...) -> None: ...
    class Ingress(_message.Message):
        __slots__ = ("address", "ports")
        class PortsEntry(_message.Message):
            __slots__ = ("key", "value")
            KEY_FIELD_NUMBER: _ClassVar[int]
            VALUE_FIELD_NUMBER: _ClassVar[int]
            key: str
            value: int
            def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
        ADDRESS_FIELD_NUMBER: _ClassVar[int]
        PORTS_FIELD_NUMBER: _ClassVar[int]
        address: str
        ports: _containers.ScalarMap[str, int]
        def __init__(self, address: _Optional[str] = ..., ports: _Optional[_Mapping[str, int]] = ...) -> None: ...
    class CnfPorts(_message.Message):
        __slots__ = ("first", "last")
        FIRST_FIELD_NUMBER: _ClassVar[int]
        LAST_FIELD_NUMBER: _ClassVar[int]
        first: int
        last: int
        def __init__(self, first: _Optional[int] = ..., last: _Optional[int] = ...) -> None: ...
    class Rest(_message.Message):
        __slots__ = ("endpoint", "trust", "username", "password")
        ENDPOINT_FIELD_NUMBER: _ClassVar[int]
        TRUST_FIELD_NUMBER: _ClassVar[int]
        USERNAME_FIELD_NUMBER: _ClassVar[int]
        PASSWORD_FIELD_NUMBER: _ClassVar[int]
        endpoint: str
        trust: _tls_pb2.TrustSource
        username: str
        password: str
        def __init__(self, endpoint: _Optional[str] = ..., trust: _Optional[_Union[_tls_pb2.TrustSource, _Mapping]] = ..., username: _Optional[str] = ..., password: _Optional[str] = ...) -> None: ...
    DRIVER_FIELD_NUMBER: _ClassVar[int]
    PURPOSE_FIELD_NUMBER: _ClassVar[int]
    NAMESPACE_FIELD_NUMBER: _ClassVar[int]
    FAMILY_FIELD_NUMBER: _ClassVar[int]
    OVERLAY_MANAGED_FIELD_NUMBER: _ClassVar[int]
    WAN_FIELD_NUMBER: _ClassVar[int]
    LAN_FIELD_NUMBER: _ClassVar[int]
    OVERLAY_ADDRESS_FIELD_NUMBER: _ClassVar[int]
    HUBS_FIELD_NUMBER: _ClassVar[int]
    POD_CIDR_FIELD_NUMBER: _ClassVar[int]
    INGRESS_FIELD_NUMBER: _ClassVar[int]
    CNF_PORTS_FIELD_NUMBER: _ClassVar[int]
    REST_FIELD_NUMBER: _ClassVar[int]
    driver: str
    purpose: str
    namespace: str
    family: SdwanFacts.Family
    overlay_managed: _common_pb2.Toggle.Value
    wan: _containers.RepeatedCompositeFieldContainer[SdwanFacts.Wan]
    lan: SdwanFacts.Lan
    overlay_address: str
    hubs: _containers.RepeatedScalarFieldContainer[str]
    pod_cidr: str
    ingress: SdwanFacts.Ingress
    cnf_ports: SdwanFacts.CnfPorts
    rest: SdwanFacts.Rest
    def __init__(self, driver: _Optional[str] = ..., purpose: _Optional[str] = ..., namespace: _Optional[str] = ..., family: _Optional[_Union[SdwanFacts.Family, str]] = ..., overlay_managed: _Optional[_Union[_common_pb2.Toggle.Value, str]] = ..., wan: _Optional[_Iterable[_Union[SdwanFacts.Wan, _Mapping]]] = ..., lan: _Optional[_Union[SdwanFacts.Lan, _Mapping]] = ..., overlay_address: _Optional[str] = ..., hubs: _Optional[_Iterable[str]] = ..., pod_cidr: _Optional[str] = ..., ingress: _Optional[_Union[SdwanFacts.Ingress, _Mapping]] = ..., cnf_ports: _Optional[_Union[SdwanFacts.CnfPorts, _Mapping]] = ..., rest: _Optional[_Union[SdwanFacts.Rest, _Mapping]] = ...) -> None: ...
