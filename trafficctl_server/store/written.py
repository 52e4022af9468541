"""What the ledger knows of the object that a target holds, while another is desired; pure."""

from trafficctl_server.store.records import LedgerRow


def written_of(row: LedgerRow) -> bytes | None:
    """Give the object that was written; None: it is not known."""
    return row.manifest if row.desired_digest == row.written_digest else row.written


def kept_of(row: LedgerRow, stored: LedgerRow | None) -> bytes | None:
    """Give what a row keeps of what was written, where that is not its manifest."""
    if row.written_digest in ("", row.desired_digest):
        return None
    if row.written is not None or stored is None:
        return row.written
    if stored.written is not None and stored.written_digest == row.written_digest:
        return stored.written
    return stored.manifest if stored.desired_digest == row.written_digest else None
