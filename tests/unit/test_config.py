"""Settings of an identity provider: none, sound ones, and every fault by name."""

from pathlib import Path

import pytest

from bot.config import OidcSettings, SettingsFault, load_settings

SOUND = {
    "TONGBU_OIDC_ISSUER": "https://id.example.gov.cn",
    "TONGBU_OIDC_CLIENT_ID": "tongbu",
    "TONGBU_OIDC_CLIENT_SECRET": "hidden",
}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home of its own."""
    monkeypatch.setenv("TONGBU_HOME", str(tmp_path))


def test_without_settings_there_is_no_provider() -> None:
    """Passwords alone."""
    assert load_settings().oidc is None


def test_a_provider_is_known_by_its_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords stay, nobody is bound by login, and the secret is not printed."""
    for name, value in SOUND.items():
        monkeypatch.setenv(name, value)

    oidc = load_settings().oidc

    assert oidc == OidcSettings(
        "https://id.example.gov.cn", "tongbu", "统一身份认证", False, False, "hidden"
    )
    assert "hidden" not in repr(oidc)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"TONGBU_OIDC_ISSUER": ""}, "TONGBU_OIDC_ISSUER: missing"),
        ({"TONGBU_OIDC_ISSUER": "http://id.example.gov.cn"}, "must begin with https://"),
        ({"TONGBU_OIDC_CLIENT_ID": ""}, "TONGBU_OIDC_CLIENT_ID: missing"),
    ],
)
def test_a_fault_stops_the_start(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, str], fault: str
) -> None:
    """One sentence each."""
    for name, value in (SOUND | changes).items():
        monkeypatch.setenv(name, value)

    with pytest.raises(SettingsFault, match=fault):
        load_settings()
