"""The ways out, each with its place on the simulated platform and what counts as an effect."""

import io
from dataclasses import dataclass
from typing import Any

from PIL import Image

from bot.domain.accounts.account import Account, Mode, PlatformName
from bot.domain.ids import AccountId
from bot.domain.posts.draft import Article, DraftContent, Picture
from bot.ports.media import MediaStore
from tests import factories as make

TITLE = "关于优化办事时间的通知"
LINK = "https://www.yunling.example/zhengce/7.html"
WORDS = f"《{TITLE}》政策解读来了，全文见 {LINK} "
APP_KEY = "1000000001"
APP_SECRET = "invented-secret-of-an-app"
FIRST_UID = 1_900_000_000


@dataclass(frozen=True)
class Way:
    """One route of one platform; `accepting` is the path of the call the public sees."""

    platform: PlatformName
    mode: Mode
    accepting: str

    @property
    def is_keyed(self) -> bool:
        """Whether the platform knows a repeated call by its key."""
        return self.mode is Mode.MASS

    def scenario(self, accounts: int) -> dict[str, Any]:
        """A platform with so many accounts, named `a1`, `a2`, … and jobs that end at once."""
        numbers = range(1, accounts + 1)
        if self.platform is PlatformName.WECHAT:
            table = {
                "accounts": [_wechat_spec(number) for number in numbers],
                "switches": {"publish_seconds": 0.0, "mass_seconds": 0.0},
            }
        else:
            table = {"accounts": [_weibo_spec(number) for number in numbers], "apps": [_APP]}
        return {self.platform.value: table | {"quota_profile": "load"}}

    def account(self, number: int, url: str) -> tuple[Account, dict[str, str]]:
        """Our side of account `a<number>`, and its secrets."""
        options, secrets = _credentials(self.platform, number, url)
        account = make.account(
            id=AccountId(f"acc_{number}"),
            name=f"a{number}",
            platform=self.platform,
            mode=self.mode,
            quota_profile="load",
            api_base={"api": url},
            options=options,
        )
        return account, secrets

    def content(self, media: MediaStore) -> DraftContent:
        """What goes out."""
        if self.mode is Mode.SHARE:
            return DraftContent(text=WORDS)
        picture = _picture(media)
        if self.mode is Mode.COMMERCIAL:
            return DraftContent(text=WORDS, pictures=(picture,))
        source = f'<p>正文</p><img src="tongbu-picture:{picture.sha256}"/>'
        article = Article(
            TITLE, source, "要点", source_url=LINK, cover=picture, pictures=(picture,)
        )
        text = f"《{TITLE}》解读发布" if self.mode is Mode.ARTICLE else ""
        return DraftContent(articles=(article,), text=text)

    def effects(self, books: dict[str, Any]) -> int:
        """How often the public got it: publish jobs and mass sends, or posts."""
        if self.platform is PlatformName.WECHAT:
            return len(books["publish_jobs"]) + len(books["mass_sends"])
        return max(len(books["posts"]), len(books["articles"]))


WAYS = {
    "wechat publish": Way(PlatformName.WECHAT, Mode.PUBLISH, "/cgi-bin/freepublish/submit"),
    "wechat mass": Way(PlatformName.WECHAT, Mode.MASS, "/cgi-bin/message/mass/sendall"),
    "wechat draft": Way(PlatformName.WECHAT, Mode.DRAFT, ""),
    "weibo share": Way(PlatformName.WEIBO, Mode.SHARE, "/2/statuses/share.json"),
    "weibo commercial": Way(
        PlatformName.WEIBO, Mode.COMMERCIAL, "/2/statuses/upload_url_text/biz.json"
    ),
    "weibo article": Way(PlatformName.WEIBO, Mode.ARTICLE, "/proxy/article/publish.json"),
}

_APP = {
    "app_key": APP_KEY,
    "app_secret": APP_SECRET,
    "level": "commercial",
    "safe_domains": ["www.yunling.example"],
    "article_enabled": True,
    "owner_uid": FIRST_UID + 1,
}


def _wechat_spec(number: int) -> dict[str, Any]:
    return {"name": f"a{number}", "app_id": f"wx{number:016d}", "app_secret": f"invented-{number}"}


def _weibo_spec(number: int) -> dict[str, Any]:
    return {
        "name": f"a{number}",
        "uid": FIRST_UID + number,
        "screen_name": f"示例市发布{number}",
        "app_key": APP_KEY,
        "long_text_allowed": True,
        "tokens": [{"value": f"2.00invented{number}", "app_key": APP_KEY}],
    }


def _credentials(
    platform: PlatformName, number: int, url: str
) -> tuple[dict[str, str], dict[str, str]]:
    if platform is PlatformName.WECHAT:
        return {"app_id": f"wx{number:016d}"}, {"app_secret": f"invented-{number}"}
    options = {
        "uid": str(FIRST_UID + number),
        "app_key": APP_KEY,
        "rip": "203.0.113.10",
        "safe_domains": "www.yunling.example",
        "public_base": url,
        "long_text": "true",
    }
    return options, {"access_token": f"2.00invented{number}", "app_secret": APP_SECRET}


def _picture(media: MediaStore) -> Picture:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, "PNG")
    return Picture(media.put(file.getvalue()), "image/png", 40, 30)
