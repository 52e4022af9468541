import datetime

from buf.validate import validate_pb2 as _validate_pb2
from google.api import field_behavior_pb2 as _field_behavior_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from trafficctl.v2 import common_pb2 as _common_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class MutualTls(_message.Message):
    __slots__ = ("mode", "plaintext_quiet_period")
    class Mode(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        MODE_UNSPECIFIED: _ClassVar[MutualTls.Mode]
        DISABLED: _ClassVar[MutualTls.Mode]
        PERMISSIVE: _ClassVar[MutualTls.Mode]
        STRICT: _ClassVar[MutualTls.Mode]
    MODE_UNSPECIFIED: MutualTls.Mode
    DISABLED: MutualTls.Mode
    PERMISSIVE: MutualTls.Mode
    STRICT: MutualTls.Mode
    MODE_FIELD_NUMBER: _ClassVar[int]
    PLAINTEXT_QUIET_PERIOD_FIELD_NUMBER: _ClassVar[int]
    mode: MutualTls.Mode
    plaintext_quiet_period: _duration_pb2.Duration
    def __init__(self, mode: _Optional[_Union[MutualTls.Mode, str]] = ..., plaintext_quiet_period: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class CertificateSource(_message.Message):
    __slots__ = ("secret", "inline")
    class Secret(_message.Message):
        __slots__ = ("name", "namespace")
        NAME_FIELD_NUMBER: _ClassVar[int]
        NAMESPACE_FIELD_NUMBER: _ClassVar[int]
        name: str
        namespace: str
        def __init__(self, name: _Optional[str] = ..., namespace: _Optional[str] = ...) -> None: ...
    class Inline(_message.Message):
        __slots__ = ("certificate_chain", "private_key", "info")
        CERTIFICATE_CHAIN_FIELD_NUMBER: _ClassVar[int]
        PRIVATE_KEY_FIELD_NUMBER: _ClassVar[int]
        INFO_FIELD_NUMBER: _ClassVar[int]
        certificate_chain: str
        private_key: str
        info: _common_pb2.SecretInfo
        def __init__(self, certificate_chain: _Optional[str] = ..., private_key: _Optional[str] = ..., info: _Optional[_Union[_common_pb2.SecretInfo, _Mapping]] = ...) -> None: ...
    SECRET_FIELD_NUMBER: _ClassVar[int]
    INLINE_FIELD_NUMBER: _ClassVar[int]
    secret: CertificateSource.Secret
    inline: CertificateSource.Inline
    def __init__(self, secret: _Optional[_Union[CertificateSource.Secret, _Mapping]] = ..., inline: _Optional[_Union[CertificateSource.Inline, _Mapping]] = ...) -> None: ...

class TrustSource(_message.Message):
    __slots__ = ("system_roots", "secret", "bundle")
    class SystemRoots(_message.Message):
        __slots__ = ()
        def __init__(self) -> None: ...
    class Secret(_message.Message):
        __slots__ = ("name", "namespace")
        NAME_FIELD_NUMBER: _ClassVar[int]
        NAMESPACE_FIELD_NUMBER: _ClassVar[int]
        name: str
        namespace: str
        def __init__(self, name: _Optional[str] = ..., namespace: _Optional[str] = ...) -> None: ...
    SYSTEM_ROOTS_FIELD_NUMBER: _ClassVar[int]
    SECRET_FIELD_NUMBER: _ClassVar[int]
    BUNDLE_FIELD_NUMBER: _ClassVar[int]
    system_roots: TrustSource.SystemRoots
    secret: TrustSource.Secret
    bundle: str
    def __init__(self, system_roots: _Optional[_Union[TrustSource.SystemRoots, _Mapping]] = ..., secret: _Optional[_Union[TrustSource.Secret, _Mapping]] = ..., bundle: _Optional[str] = ...) -> None: ...

class TlsOrigination(_message.Message):
    __slots__ = ("port", "sni", "trust", "subject_alt_names", "client_certificate")
    PORT_FIELD_NUMBER: _ClassVar[int]
    SNI_FIELD_NUMBER: _ClassVar[int]
    TRUST_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_ALT_NAMES_FIELD_NUMBER: _ClassVar[int]
    CLIENT_CERTIFICATE_FIELD_NUMBER: _ClassVar[int]
    port: int
    sni: str
    trust: TrustSource
    subject_alt_names: _containers.RepeatedScalarFieldContainer[str]
    client_certificate: CertificateSource
    def __init__(self, port: _Optional[int] = ..., sni: _Optional[str] = ..., trust: _Optional[_Union[TrustSource, _Mapping]] = ..., subject_alt_names: _Optional[_Iterable[str]] = ..., client_certificate: _Optional[_Union[CertificateSource, _Mapping]] = ...) -> None: ...
