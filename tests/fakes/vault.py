"""A vault and password hashing without cryptography."""

import json
from collections.abc import Mapping


class OpenVault:
    """Keeps the promises of `ports.vault.Vault` for tests: nothing is hidden."""

    def seal(self, secrets: Mapping[str, str]) -> str:
        return json.dumps(dict(secrets))

    def open(self, sealed: str) -> dict[str, str]:
        opened: dict[str, str] = json.loads(sealed or "{}")
        return opened


class PlainPasswords:
    """Keeps the promises of `ports.vault.Passwords` for tests."""

    def hash(self, password: str) -> str:
        return f"plain:{password}"

    def verify(self, stored_hash: str, password: str) -> bool:
        return stored_hash == f"plain:{password}"
