import base64
import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trafficctl_sdk.codec import canonical, redacted, to_json
from trafficctl_sdk.model.cluster import Cluster, KubernetesTarget
from trafficctl_sdk.model.dns_provider_intent import DnsProviderIntent
from trafficctl_sdk.model.tls import CertificateSource, MutualTls
from trafficctl_sdk.redaction import MARK

from tests.contract.protos.strategies import examples, instances, model_classes


def test_secrets_are_replaced_and_the_rest_stays() -> None:
    source = CertificateSource(
        inline=CertificateSource.Inline(certificate_chain="public", private_key="hidden")
    )
    shown = redacted(source)
    assert shown.inline is not None
    assert shown.inline.certificate_chain == "public"
    assert shown.inline.private_key == "[redacted]"


def test_a_secret_message_keeps_only_which_one_it_is() -> None:
    tsig = DnsProviderIntent.Tsig(
        name="key.example.com",
        algorithm=DnsProviderIntent.Tsig.Algorithm.HMAC_SHA512,
        secret=b"hidden",
    )
    shown = redacted(DnsProviderIntent(tsig=tsig)).tsig
    assert shown is not None
    assert shown.name == "[redacted]"
    assert shown.secret == b"[redacted]"
    assert shown.algorithm is DnsProviderIntent.Tsig.Algorithm.HMAC_SHA512


def test_secrets_are_found_at_any_depth() -> None:
    cluster = Cluster(name="clusters/a", kubernetes=KubernetesTarget(kubeconfig=b"hidden"))
    assert b"hidden" not in canonical(redacted(cluster))
    assert redacted(cluster).name == "clusters/a"


def test_what_has_no_secrets_is_the_same_object() -> None:
    tls = MutualTls(mode=MutualTls.Mode.STRICT)
    assert redacted(tls) is tls


def texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)


@pytest.mark.parametrize("cls", [CertificateSource, Cluster, DnsProviderIntent], ids=str)
@given(data=st.data())
@examples(30)
def test_nothing_secret_is_left(cls: type, data: st.DataObject) -> None:
    secrets: list[str] = []

    def seal(plain: bytes) -> str:
        secrets.extend(texts(json.loads(plain)))
        return "sealed"

    to_json(redacted(data.draw(instances(cls))), seal=seal)
    algorithms = set(DnsProviderIntent.Tsig.Algorithm.__members__)
    assert set(secrets) <= {"", MARK, base64.b64encode(MARK.encode()).decode()} | algorithms


@pytest.mark.parametrize("cls", model_classes(), ids=lambda cls: str(cls.__qualname__))
@given(data=st.data())
@examples(5)
def test_redacting_twice_changes_nothing_more(cls: type, data: st.DataObject) -> None:
    once = redacted(data.draw(instances(cls, depth=1)))
    assert redacted(once) == once
