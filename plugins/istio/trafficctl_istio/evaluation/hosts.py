"""Names of hosts: short ones, wildcards, and who may see what."""

from collections.abc import Collection, Iterator


def full_name(host: str, namespace: str, domain: str) -> str:
    """Give the whole name of a host as an object of a namespace writes it."""
    if not host or "." in host or host.startswith("*"):
        return host.lower()
    return f"{host}.{namespace}.svc.{domain}".lower()


def names_tried(host: str, namespace: str, domain: str) -> Iterator[str]:
    """Give the names that a pod's resolver tries, in order."""
    host = host.lower()
    if host.endswith("."):
        yield host[:-1]
        return
    yield f"{host}.{namespace}.svc.{domain}"
    yield f"{host}.svc.{domain}"
    yield f"{host}.{domain}"
    yield host


def covers(pattern: str, host: str) -> bool:
    """Say whether a host, or a wildcard, falls under a host that may be a wildcard."""
    if pattern in {host, "*"}:
        return True
    return pattern.startswith("*.") and host.endswith(pattern[1:]) and host != pattern[2:]


def most_specific(patterns: Collection[str], host: str) -> str:
    """Give the narrowest pattern that covers a host; empty: none does."""
    if host in patterns:
        return host
    found = [it for it in patterns if covers(it, host)]
    return max(found, key=len) if found else ""


def exported(export_to: Collection[str], owner: str, viewer: str) -> bool:
    """Say whether what a namespace exports is seen by another."""
    if not export_to:
        return True
    return "*" in export_to or viewer in export_to or (owner == viewer and "." in export_to)
