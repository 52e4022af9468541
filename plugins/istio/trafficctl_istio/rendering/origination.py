"""TLS that the last proxy of a path begins, as client settings of a DestinationRule."""

from typing import Final

from trafficctl_sdk.model.tls import TlsOrigination

from trafficctl_istio.objects.shapes import Json, present

_SYSTEM_ROOTS: Final = "system"
"""What stands in place of a file's path for the authorities that the proxy's system knows."""


def client_tls(host: str, tls: TlsOrigination) -> Json:
    """Give the client's side; the server is always verified, and against stated names.

    Both say so explicitly: older proxies verify nothing where no authority is named.
    """
    secret = tls.trust.secret if tls.trust else None
    return present(
        mode="MUTUAL" if tls.client_certificate else "SIMPLE",
        sni=tls.sni or host,
        subjectAltNames=sorted(set(tls.subject_alt_names)) or [host],
        credentialName=secret.name if secret else None,
        caCertificates=None if secret else _SYSTEM_ROOTS,
    )
