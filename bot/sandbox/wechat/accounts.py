"""What a scenario says about WeChat: its accounts, and an answer to each open question."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """公众号 (formerly 订阅号) or 服务号."""

    SUBSCRIPTION = "subscription"
    SERVICE = "service"


class CallbackMode(StrEnum):
    """How pushes are wrapped: in clear, both ways at once, or encrypted only."""

    PLAIN = "plain"
    COMPATIBLE = "compatible"
    SAFE = "safe"


class CallbackFormat(StrEnum):
    """XML is the platform's default; JSON is a setting of the console."""

    XML = "xml"
    JSON = "json"


class Moment(StrEnum):
    """When a draft leaves the box after submitting it."""

    ACCEPT = "accept"
    SUCCESS = "success"


class Shape(StrEnum):
    """How comment/list shows the author's reply."""

    OBJECT = "object"
    ARRAY = "array"


class Unprivileged(StrEnum):
    """What need_open_comment=1 does without the comment privilege."""

    REFUSE = "refuse"
    IGNORE = "ignore"


class Early(StrEnum):
    """What asking for yesterday's figures before they are ready gives: 61503, or a list without
    them."""

    REFUSE = "refuse"
    LEAVE_OUT = "leave_out"


@dataclass(frozen=True)
class AccountSpec:
    """One official account; `name` is what faults, acts and the journal call it.

    `original_id` is the gh_… name of pushes. An empty `callback_url` means that the server
    configuration is switched off: nothing is pushed. An empty `allowed_ips` allows every address.
    `wechat_ids` are the WeChat ids (not openids) a preview reaches; without `mass_speed` the
    account may not change how fast it sends. An empty `menu_domains` lets a menu lead anywhere.
    """

    name: str
    app_id: str
    app_secret: str
    original_id: str = "gh_0123456789ab"
    token: str = ""
    aes_key: str = ""
    kind: Kind = Kind.SUBSCRIPTION
    verified: bool = True
    comment_privilege: bool = True
    wechat_pay: bool = False
    mass_protection: bool = False
    mass_speed: bool = True
    frozen: bool = False
    secret_frozen: bool = False
    allowed_ips: tuple[str, ...] = ()
    wechat_ids: tuple[str, ...] = ()
    callback_url: str = ""
    callback_mode: CallbackMode = CallbackMode.SAFE
    callback_format: CallbackFormat = CallbackFormat.XML
    followers: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    menu_domains: tuple[str, ...] = ()


@dataclass(frozen=True)
class Switches:
    """Where sources disagree, one answer each; where limits differ, the smaller is the default."""

    title_limit: int = 32
    """Code points; older sources say 64."""
    author_limit: int = 8
    """Code points; since 2025-11 the page says 16."""
    digest_limit: int = 120
    """Code points; one copy of the page says 128."""
    max_articles: int = 8
    content_characters: int = 20_000
    content_bytes: int = 1024 * 1024
    picture_text_bytes: int = 2048
    """Of a picture message's text; the page's “2 KB” may be meant for it, or for nothing."""
    class_attribute_kept: bool = False
    lazy_images: bool = False
    """True stores ``src`` of pictures as ``data-src``, as some paths do."""
    escapes_refused: bool = True
    """40033 for Chinese written as escapes in a JSON body; False decodes it."""
    comment_without_privilege: Unprivileged = Unprivileged.REFUSE
    draft_removed_at: Moment = Moment.SUCCESS
    publish_seconds: float = 1.0
    publish_status: int = 0
    """How publish jobs end: 0 success, 2 originality, 3 ordinary failure, 4 audit, 1 never."""
    publish_event: str = "PUBLISHJOBFINISH"
    """Seen too: FREEPUBLISHJOBFINISH and MASSSENDJOBFINISH."""
    console_publish_pushes: bool = True
    """Whether a draft published by hand in the console ends with an event."""
    submit_returns_msg_data_id: bool = True
    publish_id_as_string: bool = True
    msg_data_id_as_string: bool = False
    audit_words: tuple[str, ...] = ()
    """Words that make a publish job end with 4 and a mass send with err(21000)."""
    mass_seconds: float = 1.0
    mass_status: str = "send success"
    """How mass sends end: ``send success``, ``send fail`` or ``err(N)``."""
    mass_takes_newspic: bool = False
    """Whether a draft of pictures may be mass-sent as mpnews; False answers 40008."""
    mass_key_checked_first: bool = True
    """False answers 40007 for a consumed draft before looking at clientmsgid."""
    clientmsgid_limit: int = 32
    """Bytes; some pages say 64."""
    mass_undeletable: bool = False
    """True answers 40204 to deleting a mass send, as for a fact-checked article."""
    admin_wait_seconds: float = 1800.0
    comments_for_published: bool = True
    """False answers 88001 for articles published without notice."""
    reply_shape: Shape = Shape.OBJECT
    comment_reply_limit: int = 600
    elected_limit: int = 100
    messages_per_message: int = 5
    """Customer-service messages for each message of a follower; earlier 20."""
    messages_per_click: int = 3
    datacube_ready_hour: float = 8.0
    """From when, in Beijing, yesterday's figures are there."""
    datacube_early: Early = Early.REFUSE
    datacube_delayed: bool = False
    """True says ``is_delay``: the figures are not final."""
    datacube_least_readers: int = 3
    """Articles with fewer readers may be missing; 0 lists them all."""
    biz_summary_nested: bool = False
    """True puts the figures of getbizsummary under ``detail``, as a newer page shows them."""
    activetime_in_seconds: bool = False
    """read_avg_activetime is said to be in minutes; samples look like seconds."""
    custom_text_bytes: int = 2048
    """The page of the call names no limit; this is the one of passive replies."""
    left_follower_refusal: int = 45015
    """What writing to somebody who left answers; 43004 is listed too."""
    callback_reachable: bool = True
    """Whether callback/check reaches the callback address without losing packets."""
    push_signs_again: bool = True
    """Whether each try of a push has its own timestamp and nonce."""
