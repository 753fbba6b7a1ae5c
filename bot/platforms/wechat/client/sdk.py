"""wechatpy's API classes on our own session: its wording of the calls, our way out.

wechatpy would fetch tokens itself without a time limit, repeat refused calls without a bound,
and send through its own HTTP library; here every request of its classes becomes a session call.
"""

from typing import IO, Any

from wechatpy.client.api import WeChatMaterial, WeChatMedia, WeChatMessage
from wechatpy.client.base import BaseWeChatClient

from bot.platforms.wechat.client import endpoints
from bot.platforms.wechat.client.session import Session, Upload

_ENDPOINTS = {
    "media/uploadimg": (endpoints.UPLOAD_PICTURE, "url"),
    "material/add_material": (endpoints.ADD_MATERIAL, "media_id"),
    "message/mass/get": (endpoints.MASS_GET, "msg_status"),
    "comment/list": (endpoints.COMMENT_LIST, ""),
}
"""The calls we let wechatpy word. Its mass sending still says `group_id`, so that one is ours."""


class SdkClient(BaseWeChatClient):  # type: ignore[misc]
    """The part of wechatpy's client that fits: material, media, message."""

    material = WeChatMaterial()
    media = WeChatMedia()
    message = WeChatMessage()

    def __init__(self, session: Session) -> None:
        super().__init__(appid=session.account, auto_retry=False)
        self._session = session

    @property
    def access_token(self) -> str:
        """Empty: the session adds the token, and renews it at most once."""
        return ""

    def _request(self, method: str, url_or_endpoint: str, **request: Any) -> Any:  # noqa: ARG002
        query = {k: v for k, v in request.get("params", {}).items() if k != "access_token"}
        files = request.get("files") or {}
        endpoint, needs = _ENDPOINTS[url_or_endpoint]
        said = self._session.call(
            endpoint,
            request.get("data"),
            query=query,
            upload=_upload(files["media"]) if files else None,
            needs=needs,
        )
        process = request.get("result_processor")
        return process(said) if process else said


def _upload(part: tuple[str, bytes | IO[bytes], str]) -> Upload:
    _, content, media_type = part
    return Upload(content if isinstance(content, bytes) else content.read(), media_type)
