"""A stock SDK of another language publishes, reads and answers against the simulated WeChat.

Optional: `make sdk-test` installs the SDK from the npm registry into a temporary folder and names
it in TONGBU_NODE_SDK; without it, or without node, this is skipped.
"""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bot.sandbox.running import ControlClient, running_sandbox
from bot.sandbox.scenario import parse_scenario

SCRIPT = Path(__file__).parents[1] / "sdk" / "easywechat.js"
FAN = "oFollower00000000000000000001"
ACCOUNT = {
    "name": "city",
    "app_id": "wx0000000000000001",
    "app_secret": "invented-secret-1",
    "token": "inventedtoken",
    "aes_key": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
    "followers": [FAN],
}
SETTINGS = {
    "app_id": ACCOUNT["app_id"],
    "secret": ACCOUNT["app_secret"],
    "token": ACCOUNT["token"],
    "aes_key": ACCOUNT["aes_key"],
}


@pytest.fixture
def sdk_folder() -> Path:
    """Where the SDK is installed; skips where it is not."""
    folder = os.environ.get("TONGBU_NODE_SDK", "")
    if not shutil.which("node"):
        pytest.skip("node is not installed")
    if not (folder and (Path(folder) / "node_modules" / "node-easywechat").is_dir()):
        pytest.skip("the Node SDK is not installed; `make sdk-test` does so")
    return Path(folder)


@pytest.fixture
def wechat() -> Iterator[ControlClient]:
    """A simulated WeChat whose jobs end at once."""
    table = {"wechat": {"accounts": [ACCOUNT], "switches": {"publish_seconds": 0.0}}}
    with running_sandbox(parse_scenario(table), platforms=["wechat"]) as sandbox:
        yield sandbox.wechat


class Sdk:
    """The script at work; it speaks one JSON line a time."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def hear(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        heard: dict[str, Any] = json.loads(self._process.stdout.readline())
        return heard

    def publish(self) -> dict[str, Any]:
        assert self._process.stdin is not None
        self._process.stdin.write("publish\n")
        self._process.stdin.flush()
        return self.hear()


@pytest.fixture
def sdk(sdk_folder: Path, wechat: ControlClient, tmp_path: Path) -> Iterator[Sdk]:
    """The SDK, pointed at the simulated platform."""
    picture = tmp_path / "cover.png"
    Image.new("RGB", (40, 30), "navy").save(picture)
    process = subprocess.Popen(
        ["node", str(SCRIPT), f"{wechat.url}/", str(picture), json.dumps(SETTINGS)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "NODE_PATH": str(sdk_folder / "node_modules")},
    )
    with process:
        yield Sdk(process)
        assert process.stdin is not None
        process.stdin.close()
        process.wait(10)


def test_it_publishes_and_reads_what_it_published(wechat: ControlClient, sdk: Sdk) -> None:
    """Token, upload, draft, submit, status and list, in the SDK's own words."""
    sdk.hear()

    done = sdk.publish()

    (published,) = wechat.state()["accounts"]["city"]["published"]
    (listed,) = done["listed"]["item"]
    assert done["kept"]["news_item"][0]["title"] == "关于优化办事时间的通知"
    assert done["job"]["publish_status"] == 0
    assert listed["article_id"] == published["article_id"] == done["job"]["article_id"]
    assert [one["outcome"] for one in wechat.calls("/cgi-bin/stable_token")] == ["ok"]


def test_it_understands_a_push_and_its_answer_reaches_the_follower(
    wechat: ControlClient, sdk: Sdk
) -> None:
    """Encrypted both ways, at the first try."""
    address = sdk.hear()["callback"]
    wechat.act("change_account", account="city", changes={"callback_url": address})
    wechat.act("admin_verifies_callback", account="city")
    wechat.act("follower_writes", account="city", openid=FAN, text="何时开始？")
    deadline = time.monotonic() + 10
    while len(wechat.callbacks()) < 2 and time.monotonic() < deadline:
        time.sleep(0.02)

    tries = {(one["name"], one["number"], one["outcome"]) for one in wechat.callbacks()}
    lines = wechat.state()["accounts"]["city"]["followers"][FAN]["conversation"]
    assert tries == {("verify_url", 1, "accepted"), ("message:text", 1, "accepted")}
    assert any("收到：何时开始？" in str(line["content"]) for line in lines)
