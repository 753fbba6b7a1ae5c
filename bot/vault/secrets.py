"""Secrets at rest: sealed with Fernet, readable under every listed key."""

import base64
import json
from collections.abc import Mapping

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.ports.vault import SecretUnreadable
from bot.vault.keys import Purpose, derive_all


class FernetVault:
    """Keeps the promises of `ports.vault.Vault`. The first listed key seals, all of them open."""

    def __init__(self, secret_key: str) -> None:
        keys = derive_all(secret_key, Purpose.SECRETS)
        self._fernet = MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])

    def seal(self, secrets: Mapping[str, str]) -> str:
        return self._fernet.encrypt(json.dumps(dict(secrets)).encode()).decode()

    def open(self, sealed: str) -> dict[str, str]:
        try:
            opened = self._fernet.decrypt(sealed.encode())
        except InvalidToken as error:
            raise SecretUnreadable(
                "a stored secret was sealed under another key: put the former key behind a comma "
                "in TONGBU_SECRET_KEY, or enter the secret again"
            ) from error
        return {str(name): str(value) for name, value in json.loads(opened).items()}
