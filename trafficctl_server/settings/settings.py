"""All settings together, and where what they name is found."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from trafficctl_server.settings.groups import (
    IN_MEMORY,
    AddressesSettings,
    DeliverySettings,
    DriversSettings,
    LimitsSettings,
    LogSettings,
    ServerSettings,
    StoreSettings,
    TracingSettings,
)


class Settings(BaseSettings):
    """Everything an operator may set; made once by :func:`loading.load_settings`.

    Made directly (tests), it takes keyword arguments alone and never looks at the environment.
    """

    model_config = SettingsConfigDict(
        frozen=True,
        extra="forbid",
        validate_default=True,
        hide_input_in_errors=True,
    )

    server: ServerSettings = Field(default_factory=ServerSettings)
    store: StoreSettings = Field(default_factory=StoreSettings)
    delivery: DeliverySettings = Field(default_factory=DeliverySettings)
    addresses: AddressesSettings = Field(default_factory=AddressesSettings)
    drivers: DriversSettings = Field(default_factory=DriversSettings)
    limits: LimitsSettings = Field(default_factory=LimitsSettings)
    log: LogSettings = Field(default_factory=LogSettings)
    tracing: TracingSettings = Field(default_factory=TracingSettings)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the library's signature
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - loading.py reads it
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - one file is enough
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - secrets have files
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Use what the caller brings and nothing of the surroundings."""
        return (init_settings,)

    @property
    def database(self) -> Path | None:
        """The store's file; None keeps everything in memory."""
        return None if self.store.path == IN_MEMORY else self.server.state_dir / self.store.path

    @property
    def key_file(self) -> Path:
        """The file of the key that seals secrets."""
        return self.server.state_dir / self.store.key_file

    @property
    def directory_root(self) -> Path:
        """The directory below which directory targets have their trees."""
        return self.server.state_dir / self.delivery.directory_root
