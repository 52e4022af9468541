"""What a store answers when it cannot do what was asked.

The texts name resources, scopes and numbers only, never a path or a secret, so they may be
shown to a client.
"""


class StoreError(Exception):
    """Any answer of the store that is not a result."""


class AlreadyExists(StoreError):  # noqa: N818 - an answer, not a failure of the store
    """A live record has this name.

    :ivar name: resource name.
    """

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} exists already: choose another id or update it")
        self.name = name


class NotFound(StoreError):  # noqa: N818 - an answer, not a failure of the store
    """No record fits: none has this name, or it is another one, or it is being deleted.

    :ivar name: resource name.
    """

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} does not exist: check the name or create it")
        self.name = name


class EtagMismatch(StoreError):  # noqa: N818 - an answer, not a failure of the store
    """The record was changed since it was read.

    :ivar name: resource name.
    :ivar current: etag of the record as it stands.
    """

    def __init__(self, name: str, current: str) -> None:
        super().__init__(f"{name} was changed meanwhile: read it again and repeat")
        self.name = name
        self.current = current


class NotEmpty(StoreError):  # noqa: N818 - an answer, not a failure of the store
    """Live records have names of which none should be left.

    :ivar pattern: of the names, as the write gave it.
    """

    def __init__(self, pattern: str) -> None:
        super().__init__(f"{pattern} still names resources: delete them first or use force")
        self.pattern = pattern


class ScopeMoved(StoreError):  # noqa: N818 - an answer, not a failure of the store
    """Scopes were touched since the write was checked against them: check again.

    :ivar scopes: names of the scopes that moved, sorted.
    """

    def __init__(self, scopes: tuple[str, ...]) -> None:
        super().__init__(f"changed meanwhile, check again: {', '.join(scopes)}")
        self.scopes = scopes


class RequestIdReused(StoreError):  # noqa: N818 - an answer, not a failure of the store
    """A request id came back with another body.

    :ivar request_id: as the client sent it.
    """

    def __init__(self, request_id: str) -> None:
        super().__init__(f"request id {request_id} was used for another body: use a fresh one")
        self.request_id = request_id


class PoolExhausted(StoreError):  # noqa: N818 - an answer, not a failure of the store
    """Every index of the pool is taken.

    :ivar size: number of indexes in the pool.
    """

    def __init__(self, size: int) -> None:
        super().__init__(f"all {size} addresses of the pool are taken: enlarge it or free some")
        self.size = size


class HistoryCompacted(StoreError):  # noqa: N818 - an answer, not a failure of the store
    """Changes after the revision asked for are no longer kept: list again.

    :ivar oldest: the oldest revision from which changes can still be read.
    """

    def __init__(self, oldest: int) -> None:
        super().__init__(f"changes are kept from revision {oldest} on: list again and go on there")
        self.oldest = oldest


class FutureRevision(StoreError):  # noqa: N818 - an answer, not a failure of the store
    """A revision was asked for that has not happened.

    :ivar current: the newest revision.
    """

    def __init__(self, current: int) -> None:
        super().__init__(f"the newest revision is {current}: ask for it or an older one")
        self.current = current


class StoreUnavailable(StoreError):  # noqa: N818 - named after the API's reason
    """The store cannot be read or written now; nothing acknowledged is lost.

    A write answered so may still turn out to be done: repeat it with the same request id.

    :ivar reason: what is wrong.
    :ivar advice: what an operator can do about it.
    """

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(f"{reason}: {advice}")
        self.reason = reason
        self.advice = advice


class SealBroken(StoreError):  # noqa: N818 - an answer, not a failure of the store
    """A sealed secret cannot be opened: another key, another place, or altered bytes."""


class KeyRefused(StoreError):  # noqa: N818 - an answer, not a failure of the store
    """The key for secrets is missing, malformed or open to others."""
