"""Unpacks a response body piece by piece, so that a small bomb cannot become a large one."""

import zlib
from collections.abc import Iterable

from bot.ports.fetching import FetchFailed, FetchRefused

_WINDOWS = {"gzip": 31, "x-gzip": 31, "deflate": 15}


def collect(pieces: Iterable[bytes], *, encoding: str, max_bytes: int) -> bytes:
    """The whole body, at most `max_bytes` long both packed and unpacked.

    Raises:
        FetchRefused: it is longer.
        FetchFailed: it is packed in a way that was not asked for, or damaged.
    """
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return _plain(pieces, max_bytes)
    if name not in _WINDOWS:
        raise FetchFailed(f"对方使用了不支持的压缩方式（{name[:20]}），请换一个地址")
    try:
        return _packed(pieces, _WINDOWS[name], max_bytes)
    except zlib.error as error:
        raise FetchFailed("对方返回的压缩内容已损坏，请稍后重试") from error


def _plain(pieces: Iterable[bytes], max_bytes: int) -> bytes:
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) > max_bytes:
            raise too_large(max_bytes)
    return bytes(body)


def _packed(pieces: Iterable[bytes], window: int, max_bytes: int) -> bytes:
    body = bytearray()
    received = 0
    unpacker = zlib.decompressobj(window)
    for piece in pieces:
        received += len(piece)
        body += unpacker.decompress(piece, max_bytes + 1 - len(body))
        if len(body) > max_bytes or received > max_bytes:
            raise too_large(max_bytes)
    if not unpacker.eof:
        raise FetchFailed("对方返回的内容不完整，请稍后重试")
    return bytes(body)


def too_large(max_bytes: int) -> FetchRefused:
    """The refusal of a body longer than `max_bytes`."""
    shown = f"{max_bytes / 1048576:.1f} MB" if max_bytes >= 104858 else f"{max_bytes} 字节"
    return FetchRefused(f"内容超过允许的大小（{shown}），请压缩后重新提供")
