"""Settings: every choice of the operator, read once from ``ATLAS62_…`` environment variables."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from platformdirs import user_cache_path, user_data_path
from pydantic import (
    AfterValidator,
    BeforeValidator,
    DirectoryPath,
    Field,
    FilePath,
    SecretStr,
    ValidationError,
)
from pydantic_settings import SettingsConfigDict
from stdnum.fr import siret

from app.sign_on_settings import NAME, SignOnSettings

PREFIX: Final = "ATLAS62_"
_IN_WHEEL: Final = Path(__file__).parent / "embedded_data"
EMBEDDED_DATA: Final = _IN_WHEEL if _IN_WHEEL.is_dir() else Path(__file__).parents[1] / "data"
"""The facts that come with the project: in a checkout ``data/``, installed beside the program."""


NO_SERVICE: Final = "aucun"
GEOPLATEFORME: Final = "https://data.geopf.fr/geocodage"
NO_CONTACT: Final = "aucun"
NO_ADDRESS: Final = "aucune"
NOBODY: Final = "aucun"
NOWHERE: Final = "nulle-part"
EVERYWHERE: Final = "partout"
EVERY_HOST: Final = "tous"
LEAST_SECRET: Final = 32
"""Bytes of what orders are signed with."""
WORKSHOP: Final = "livrets"
"""Folder of the workshop, and of the jobs where no other is told, inside that of the cache."""
ADDRESS: Final = "://"
"""What tells the address of a database from a file."""
_HOST: Final = rf"\.?{NAME}"
_ORIGIN: Final = rf"https?://{NAME}"


def _read_store(told: object) -> object:
    """Keep an address of a database out of all that may be printed: it may hold a password."""
    return SecretStr(told) if isinstance(told, str) and ADDRESS in told else told


def _check_database(address: SecretStr) -> SecretStr:
    if not address.get_secret_value().startswith(("postgresql://", "postgres://")):
        raise ValueError
    return address


Database = Annotated[SecretStr, AfterValidator(_check_database)]
"""Address of a PostgreSQL, which may hold a password."""


def _folder_of(values: dict[str, object]) -> Path:
    store = values.get("store")
    return store.parent if isinstance(store, Path) else user_data_path("atlas62")


def _results_of(values: dict[str, object]) -> Path:
    cache = values.get("cache")
    return (cache if isinstance(cache, Path) else user_cache_path("atlas62")) / WORKSHOP


def _check_siret(text: str) -> str:
    return text if text == NOBODY else siret.validate(text)


class BaseMap(StrEnum):
    """What is drawn under the layers; all but ``NONE`` load tiles from a third party."""

    NONE = "aucun"
    PLAN_IGN = "plan-ign"
    OPENSTREETMAP = "openstreetmap"


class Corrections(StrEnum):
    """Who may write corrections of positions on the page; the command always may."""

    NONE = "fermees"
    EVERYONE = "ouvertes"


class LogLevel(StrEnum):
    """The lowest level that is written, in any case."""

    DEBUG = "DEBUG"
    INFO = "INFO"
    WARNING = "WARNING"
    ERROR = "ERROR"

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        return next((level for level in cls if level == str(value).upper()), None)


class SettingsError(Exception):
    """A variable has a value that cannot be used; the message is a French sentence."""


class Settings(SignOnSettings):
    """The operator's choices; each attribute is the variable ``ATLAS62_`` plus its name.

    The description of a field is what a wrong value is told was expected.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, frozen=True, validate_default=True
    )

    host: str = Field(default="127.0.0.1", min_length=1, description="une adresse d’écoute")
    port: int = Field(default=8050, ge=1, le=65535, description="un entier de 1 à 65535")
    data: DirectoryPath = Field(default=EMBEDDED_DATA, description="un dossier qui existe")
    base_map: BaseMap = Field(default=BaseMap.NONE, description="aucun, plan-ign ou openstreetmap")
    log_level: LogLevel = Field(default=LogLevel.INFO, description="DEBUG, INFO, WARNING ou ERROR")
    workers: int = Field(default=2, ge=1, le=64, description="un entier de 1 à 64")
    ban: str = Field(
        default=NO_SERVICE,
        pattern=rf"^({NO_SERVICE}|https?://[^\s/]+(/\S*)?)$",
        description=f"{NO_SERVICE} ou l’adresse d’un service, comme {GEOPLATEFORME}",
    )
    corrections: Corrections = Field(default=Corrections.NONE, description="fermees ou ouvertes")
    contact: str = Field(
        default=NO_CONTACT,
        max_length=200,
        pattern=r"^[^\x00-\x1f]+$",
        description="une adresse, un téléphone ou un nom de service, sur une ligne",
    )
    cache: Path = Field(
        default_factory=lambda: user_cache_path("atlas62"), description="un dossier"
    )
    adoption: Literal["oui", "non"] = Field(default="non", description="oui ou non")
    travel: FilePath | Literal["aucun"] = Field(
        default="aucun",
        description="aucun, un extrait OpenStreetMap (.osm.pbf) ou un tableau de minutes",
    )
    prefix: str = Field(
        default="/",
        pattern=r"^/?$|^(/[A-Za-z0-9_-]+)+/?$",
        description="le chemin sous lequel la carte est servie, comme /atlas",
    )
    trusted_proxies: int = Field(
        default=0,
        ge=0,
        le=5,
        description="le nombre de serveurs mandataires devant la carte, de 0 à 5",
    )
    trusted_hosts: str = Field(
        default=EVERY_HOST,
        pattern=rf"^({EVERY_HOST}|{_HOST}(,{_HOST})*)$",
        description="tous, ou des noms séparés par des virgules, comme atlas.exemple.fr",
    )
    metrics: Literal["oui", "non"] = Field(default="non", description="oui ou non")
    request_log: Literal["oui", "non"] = Field(default="non", description="oui ou non")
    address: str = Field(
        default=NO_ADDRESS,
        pattern=rf"^({NO_ADDRESS}|https?://{NAME}/?)$",
        description="aucune, ou l’adresse publique sans chemin, comme https://atlas.exemple.fr",
    )
    embed: str = Field(
        default=EVERYWHERE,
        pattern=rf"^({NOWHERE}|{EVERYWHERE}|{_ORIGIN}(,{_ORIGIN})*)$",
        description=f"{NOWHERE}, {EVERYWHERE}, ou des sites séparés par des virgules, comme "
        "https://mairie.exemple.fr",
    )
    store: Annotated[Path | Database, BeforeValidator(_read_store)] = Field(
        default_factory=lambda: user_data_path("atlas62") / "atlas62.gpkg",
        description="un fichier GeoPackage, qui n’a pas à exister, ou une base, comme "
        "postgresql://compte@serveur/base",
    )
    folder: Path = Field(default_factory=_folder_of, description="un dossier")

    queue: Annotated[Literal["fichier"] | Database, BeforeValidator(_read_store)] = Field(
        default="fichier",
        description="fichier, ou une base, comme postgresql://compte@serveur/base",
    )
    queue_secret: FilePath | Literal["aucun"] = Field(
        default="aucun",
        description="un fichier d’au moins 32 octets, le même sur toutes les machines",
    )
    results: Path = Field(default_factory=_results_of, description="un dossier")

    publisher: str = Field(
        default=NOBODY,
        max_length=140,
        pattern=r"^[^\x00-\x1f]+$",
        description="le nom de la collectivité qui publie, en 140 caractères au plus",
    )
    publisher_siret: Annotated[str, AfterValidator(_check_siret)] = Field(
        default=NOBODY, description="le SIRET de la collectivité qui publie, 14 chiffres exacts"
    )
    published: date | Literal["inconnu"] = Field(
        default="inconnu", description="inconnu, ou un jour (AAAA-MM-JJ)"
    )
    matters: FilePath | Literal["aucun"] = Field(
        default="aucun", description="aucun, ou un fichier CSV (numero, code, matiere)"
    )

    client_layers: int = Field(default=100, ge=1, le=10_000, description="un entier de 1 à 10000")
    client_megabytes: int = Field(
        default=1_000, ge=1, le=1_000_000, description="un entier de 1 à 1000000"
    )
    client_imports: int = Field(default=200, ge=1, le=10_000, description="un entier de 1 à 10000")
    client_jobs: int = Field(default=40, ge=1, le=1_000, description="un entier de 1 à 1000")
    visitors_megabytes: int = Field(
        default=4_000, ge=1, le=1_000_000, description="un entier de 1 à 1000000"
    )

    @property
    def sessions(self) -> Path:
        """Folder of what visitors bring."""
        return self.cache / "sessions"

    @property
    def root(self) -> str:
        """Path that the map is served under, without a slash at its end; empty for the root."""
        return self.prefix.rstrip("/")

    @property
    def hosts(self) -> tuple[str, ...]:
        """Names that the server answers to, empty for any."""
        return () if self.trusted_hosts == EVERY_HOST else tuple(self.trusted_hosts.split(","))

    @property
    def public_address(self) -> str:
        """Scheme and name that people reach the server by, empty where it is not told."""
        return "" if self.address == NO_ADDRESS else self.address.rstrip("/")

    @property
    def embedders(self) -> tuple[str, ...]:
        """Sites that may show a map in a page of theirs; ``*`` for any, empty for none."""
        named = {NOWHERE: (), EVERYWHERE: ("*",)}
        return named.get(self.embed, tuple(self.embed.split(",")))

    @property
    def clients(self) -> Path:
        """Folder of what is known of those who bring files."""
        return self.cache / "clients"

    @property
    def imports(self) -> Path:
        """Folder of the imports of the command line, which go on where they were."""
        return self.cache / "imports"

    @property
    def workshop(self) -> Path:
        """Folder of the workshop of this machine."""
        return self.cache / WORKSHOP

    @property
    def queue_file(self) -> Path:
        """File of what waits for this machine."""
        return self.cache / "travaux.sqlite3"

    @property
    def queue_address(self) -> str:
        """Address of the database in which several machines' work waits, empty for none."""
        return self.queue.get_secret_value() if isinstance(self.queue, SecretStr) else ""

    @property
    def queue_secret_file(self) -> Path | None:
        """File of what the orders of several machines are signed with, None for none."""
        return self.queue_secret if isinstance(self.queue_secret, Path) else None

    @property
    def turns(self) -> Path:
        """Folder of the queue of what visitors bring."""
        return self.cache / "tours"

    @property
    def sign_on_folder(self) -> Path:
        """Folder of who is signed on."""
        return self.cache / "connexions"

    @property
    def publisher_name(self) -> str:
        """Who publishes the catalogue, empty where it is not told."""
        return "" if self.publisher == NOBODY else self.publisher

    @property
    def publisher_number(self) -> str:
        """SIRET of who publishes, empty where it is not told."""
        return "" if self.publisher_siret == NOBODY else self.publisher_siret

    @property
    def first_published(self) -> str:
        """Day of the catalogue's first publication, AAAA-MM-JJ, empty where it is not told."""
        return self.published.isoformat() if isinstance(self.published, date) else ""

    @property
    def matters_file(self) -> Path | None:
        """The operator's file of the matters of deliberations, None for none."""
        return self.matters if isinstance(self.matters, Path) else None

    @property
    def travel_file(self) -> Path | None:
        """The operator's file of travel times, None for none."""
        return self.travel if isinstance(self.travel, Path) else None


def read_settings() -> Settings:
    """Read the settings from the environment.

    Raises
    ------
    SettingsError
        A variable cannot be used; the message names it, what was found, what was expected.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        raise SettingsError("\n".join(_explain(error))) from error
    if settings.signs_on:
        _check_provider(settings)
    if settings.queue_address:
        _check_secret(settings.queue_secret_file)
    return settings


def _check_provider(settings: Settings) -> None:
    """Refuse a provider of identity without what it needs."""
    lacking = [*settings.provider_lacks, *([] if settings.public_address else ["address"])]
    missing = [f"{PREFIX}{name.upper()}" for name in lacking]
    if missing:
        raise SettingsError(
            f"Réglage {PREFIX}OIDC : un fournisseur est dit, attendu aussi {', '.join(missing)}."
        )


def _check_secret(file: Path | None) -> None:
    """Refuse a queue whose orders anybody could sign."""
    if file is None:
        raise SettingsError(
            f"Réglage {PREFIX}QUEUE : une base est dite, attendu aussi {PREFIX}QUEUE_SECRET."
        )
    size = file.stat().st_size
    if size < LEAST_SECRET:
        raise SettingsError(
            f"Réglage {PREFIX}QUEUE_SECRET : trouvé {size} octets, attendu un fichier d’au moins "
            f"{LEAST_SECRET} octets tirés au hasard."
        )


def _explain(error: ValidationError) -> list[str]:
    sentences = []
    for problem in error.errors():
        if problem["type"] == "default_factory_not_called":
            continue  # only because another is wrong
        name = str(problem["loc"][0])
        given = problem["input"]
        found = "une adresse" if isinstance(given, SecretStr) else given
        expected = Settings.model_fields[name].description
        sentences.append(
            f"Réglage {PREFIX}{name.upper()} : trouvé « {found} », attendu {expected}."
        )
    return list(dict.fromkeys(sentences))
