"""The endpoints we call: path, what a call may change, and the quota it counts against."""

from dataclasses import dataclass

from bot.domain.accounts.account import Account
from bot.domain.accounts.budgets import Budget
from bot.platforms.wechat.errors import Effect

_UNCOUNTED_PROFILE = "load"


@dataclass(frozen=True)
class Endpoint:
    """One endpoint; `daily_limit` is what a new account gets, 0 where it is too large to count."""

    path: str
    effect: Effect = Effect.READ
    daily_limit: int = 0
    bucket: str = ""
    reserve: int = 0
    """Calls of the day that polls leave to publishing and to what a person asks for."""
    paced: bool = False
    """Whether polls are spread over the day."""
    method: str = "POST"

    def budget(self, account: Account) -> Budget | None:
        """The allowance a call takes from, or None where calls are not counted.

        The account's option `quota_<bucket>` overrides the documented number.
        """
        if not self.bucket or account.quota_profile == _UNCOUNTED_PROFILE:
            return None
        limit = int(account.options.get(f"quota_{self.bucket}", self.daily_limit))
        return Budget(f"wechat:{self.bucket}", limit, reserve=min(self.reserve, limit // 2))


STABLE_TOKEN = Endpoint("/cgi-bin/stable_token")
FORCED_REFRESH = Endpoint("/cgi-bin/stable_token", Effect.PRIVATE, 20, "force_refresh")
UPLOAD_PICTURE = Endpoint("/cgi-bin/media/uploadimg", Effect.PRIVATE)
MEDIA_GET = Endpoint("/cgi-bin/media/get", method="GET")
ADD_MATERIAL = Endpoint("/cgi-bin/material/add_material", Effect.PRIVATE)
DRAFT_ADD = Endpoint("/cgi-bin/draft/add", Effect.PRIVATE, 1000, "draft_add")
DRAFT_GET = Endpoint("/cgi-bin/draft/get", Effect.READ, 500, "draft_get", 200, paced=True)
DRAFT_LIST = Endpoint("/cgi-bin/draft/batchget", Effect.READ, 1000, "draft_batchget")
DRAFT_DELETE = Endpoint("/cgi-bin/draft/delete", Effect.PRIVATE, 1000, "draft_delete")
PUBLISH_SUBMIT = Endpoint("/cgi-bin/freepublish/submit", Effect.PUBLIC, 100, "freepublish_submit")
PUBLISH_GET = Endpoint(
    "/cgi-bin/freepublish/get", Effect.READ, 100, "freepublish_get", 10, paced=True
)
PUBLISHED_ARTICLE = Endpoint(
    "/cgi-bin/freepublish/getarticle", Effect.READ, 100, "freepublish_getarticle", 10, paced=True
)
PUBLISHED_LIST = Endpoint(
    "/cgi-bin/freepublish/batchget", Effect.READ, 100, "freepublish_batchget", 10, paced=True
)
PUBLISH_DELETE = Endpoint("/cgi-bin/freepublish/delete", Effect.PUBLIC, 10, "freepublish_delete")
MASS_SENDALL = Endpoint("/cgi-bin/message/mass/sendall", Effect.PUBLIC, 100, "mass")
MASS_GET = Endpoint("/cgi-bin/message/mass/get")
MASS_PREVIEW = Endpoint("/cgi-bin/message/mass/preview", Effect.PRIVATE, 100, "mass_preview")
MASS_DELETE = Endpoint("/cgi-bin/message/mass/delete", Effect.PUBLIC)
MASS_SPEED_GET = Endpoint("/cgi-bin/message/mass/speed/get")
MASS_SPEED_SET = Endpoint("/cgi-bin/message/mass/speed/set", Effect.PRIVATE)
CALLBACK_CHECK = Endpoint("/cgi-bin/callback/check")
CUSTOM_SEND = Endpoint("/cgi-bin/message/custom/send", Effect.PUBLIC)
COMMENT_LIST = Endpoint("/cgi-bin/comment/list")
COMMENT_OPEN = Endpoint("/cgi-bin/comment/open", Effect.PRIVATE)
COMMENT_CLOSE = Endpoint("/cgi-bin/comment/close", Effect.PRIVATE)
COMMENT_SELECT = Endpoint("/cgi-bin/comment/markelect", Effect.PRIVATE)
COMMENT_UNSELECT = Endpoint("/cgi-bin/comment/unmarkelect", Effect.PRIVATE)
COMMENT_DELETE = Endpoint("/cgi-bin/comment/delete", Effect.PRIVATE)
COMMENT_ANSWER = Endpoint("/cgi-bin/comment/reply/add", Effect.PUBLIC)
COMMENT_ANSWER_DELETE = Endpoint("/cgi-bin/comment/reply/delete", Effect.PRIVATE)
MENU_CREATE = Endpoint("/cgi-bin/menu/create", Effect.PUBLIC, 1000, "menu_create")
MENU_GET = Endpoint("/cgi-bin/menu/get", method="GET")
MENU_DELETE = Endpoint("/cgi-bin/menu/delete", Effect.PUBLIC, 1000, "menu_delete", method="GET")
MENU_SHOWN = Endpoint("/cgi-bin/get_current_selfmenu_info", method="GET")
QUOTA_GET = Endpoint("/cgi-bin/openapi/quota/get")
"""Numbers: developers.weixin.qq.com/doc/service/Message_Management/API_Call_Limits.html."""

USER_SUMMARY = Endpoint("/datacube/getusersummary", Effect.READ, 300, "datacube_users")
USER_CUMULATE = Endpoint("/datacube/getusercumulate", Effect.READ, 300, "datacube_followers")
ARTICLE_READ = Endpoint("/datacube/getarticleread", Effect.READ, 300, "datacube_read")
ARTICLE_SHARE = Endpoint("/datacube/getarticleshare", Effect.READ, 300, "datacube_share")
BIZ_SUMMARY = Endpoint("/datacube/getbizsummary", Effect.READ, 300, "datacube_account")
ARTICLE_DETAILS = Endpoint("/datacube/getarticletotaldetail", Effect.READ, 300, "datacube_articles")
"""No page numbers the statistics' quotas, and owners met 45009 before their thousandth call: 300
each is our own restraint, six times what a day needs."""
