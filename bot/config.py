"""Settings: read once from the environment, validated at the start, one sentence a fault."""

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

LARGEST_MB = 100
"""An attachment is held in memory while it is judged and handed out."""

UNIX_SOCKET_PATH_LIMIT = 100
"""Linux allows 107 bytes; the embedded server adds a temporary suffix of its own."""


_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class SettingsFault(Exception):
    """The settings cannot be used; `faults` has one English sentence for each."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


class _Environment(BaseSettings):
    """The raw variables."""

    model_config = SettingsConfigDict(env_prefix="TONGBU_", frozen=True, extra="ignore")

    home: str = ".tongbu"
    database_url: str = ""
    redis_url: str = ""
    secret_key: SecretStr = SecretStr("")
    public_url: str = "http://127.0.0.1:8321"
    timezone: str = "Asia/Shanghai"
    allowed_private_hosts: str = ""
    cut_titles: bool = False
    check_links: bool = False
    unit_name: str = "同步"
    show_design: bool = False
    largest_attachment_mb: int = 20
    upload_grace_days: int = 30
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    oidc_name: str = "统一身份认证"
    oidc_bind_by_login: bool = False
    oidc_only: bool = False


@dataclass(frozen=True)
class OidcSettings:
    """The identity provider staff may sign on through. `only`: passwords open nothing."""

    issuer: str
    client_id: str
    name: str
    bind_by_login: bool
    only: bool
    client_secret: str = field(default="", repr=False)


@dataclass(frozen=True)
class Settings:
    """Everything the composition root needs. `embedded_*` say that we run that part ourselves.

    `largest_attachment_mb` is the largest file that may be handed in beside a document,
    `upload_grace_days` how long a file that nothing refers to is kept.
    `allowed_private_hosts` are hosts or networks that the guarded fetch may reach although they
    are private (a release system in the office's own network).
    """

    home: Path
    database_url: str
    redis_url: str
    public_url: str
    timezone: ZoneInfo
    secret_key: str = field(repr=False)
    embedded_database: bool = True
    embedded_redis: bool = True
    allowed_private_hosts: tuple[str, ...] = ()
    cut_titles: bool = False
    check_links: bool = False
    unit_name: str = "同步"
    show_design: bool = False
    largest_attachment_mb: int = 20
    upload_grace_days: int = 30
    oidc: OidcSettings | None = None

    @property
    def media_dir(self) -> Path:
        return self.home / "media"

    @property
    def redis_socket(self) -> Path:
        return self.home / "valkey" / "valkey.sock"


def load_settings() -> Settings:
    """Read and check the environment; makes the home folder and, embedded, its secret key.

    Raises:
        SettingsFault: naming every variable that cannot be used and what to set instead.
    """
    raw = _Environment()
    faults: list[str] = []
    home = Path(raw.home).expanduser().absolute()
    timezone = _timezone(raw.timezone, faults)
    _check_urls(raw, faults)
    embedded_database, embedded_redis = not raw.database_url, not raw.redis_url
    if embedded_redis and len(str(home / "valkey" / "valkey.sock")) > UNIX_SOCKET_PATH_LIMIT:
        faults.append(
            f"TONGBU_HOME: {home} is too long for a unix socket; choose a shorter folder "
            "or set TONGBU_REDIS_URL"
        )
    key = raw.secret_key.get_secret_value()
    if not key and not embedded_database:
        faults.append(
            "TONGBU_SECRET_KEY: missing; set 32 or more random characters, the same for all "
            "processes (for example: openssl rand -hex 32)"
        )
    if key and any(len(part) < 32 for part in key.split(",")):
        faults.append("TONGBU_SECRET_KEY: every key needs at least 32 characters")
    _check_uploads(raw, faults)
    oidc = _oidc(raw, faults)
    if faults:
        raise SettingsFault(faults)
    _make_home(home)
    return Settings(
        home=home,
        database_url=raw.database_url or f"sqlite:///{home / 'tongbu.sqlite3'}",
        redis_url=raw.redis_url or f"unix://{home / 'valkey' / 'valkey.sock'}",
        public_url=raw.public_url.rstrip("/"),
        timezone=timezone,
        secret_key=key or _own_key(home),
        embedded_database=embedded_database,
        embedded_redis=embedded_redis,
        allowed_private_hosts=tuple(h for h in raw.allowed_private_hosts.split(",") if h),
        cut_titles=raw.cut_titles,
        check_links=raw.check_links,
        unit_name=raw.unit_name,
        show_design=raw.show_design,
        largest_attachment_mb=raw.largest_attachment_mb,
        upload_grace_days=raw.upload_grace_days,
        oidc=oidc,
    )


def _check_uploads(raw: _Environment, faults: list[str]) -> None:
    if not 1 <= raw.largest_attachment_mb <= LARGEST_MB:
        faults.append(f"TONGBU_LARGEST_ATTACHMENT_MB: must be between 1 and {LARGEST_MB}")
    if raw.upload_grace_days < 1:
        faults.append("TONGBU_UPLOAD_GRACE_DAYS: must be 1 or more")


def _oidc(raw: _Environment, faults: list[str]) -> OidcSettings | None:
    secret = raw.oidc_client_secret.get_secret_value()
    if not raw.oidc_issuer:
        if raw.oidc_client_id or secret or raw.oidc_only or raw.oidc_bind_by_login:
            faults.append("TONGBU_OIDC_ISSUER: missing, though other TONGBU_OIDC_* are set")
        return None
    place = urlsplit(raw.oidc_issuer)
    if place.scheme != "https" and place.hostname not in _LOOPBACK:
        faults.append("TONGBU_OIDC_ISSUER: must begin with https://")
    if not raw.oidc_client_id:
        faults.append("TONGBU_OIDC_CLIENT_ID: missing; the provider gives it to this client")
    return OidcSettings(
        issuer=raw.oidc_issuer,
        client_id=raw.oidc_client_id,
        name=raw.oidc_name,
        bind_by_login=raw.oidc_bind_by_login,
        only=raw.oidc_only,
        client_secret=secret,
    )


def _timezone(name: str, faults: list[str]) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        faults.append(f"TONGBU_TIMEZONE: {name!r} is not a time zone; use Asia/Shanghai")
        return ZoneInfo("UTC")


def _check_urls(raw: _Environment, faults: list[str]) -> None:
    expected = {
        "TONGBU_DATABASE_URL": (raw.database_url, ("postgresql", "postgresql+psycopg", "sqlite")),
        "TONGBU_REDIS_URL": (raw.redis_url, ("redis", "rediss", "unix")),
        "TONGBU_PUBLIC_URL": (raw.public_url, ("http", "https")),
    }
    for name, (value, schemes) in expected.items():
        if value and urlsplit(value).scheme not in schemes:
            faults.append(f"{name}: must begin with {' or '.join(s + '://' for s in schemes)}")


def _make_home(home: Path) -> None:
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise SettingsFault([f"TONGBU_HOME: cannot make {home}: {error.strerror}"]) from error


def _own_key(home: Path) -> str:
    """The embedded installation's key, made once and readable by its owner only."""
    path = home / "secret.key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        key = secrets.token_hex(32)
        file.write(key)
    return key
