"""Why a plugin is no driver."""


class NotAdmittedError(Exception):
    """The plugin cannot be a driver; the text says why and what to do."""
