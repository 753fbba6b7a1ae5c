"""The invented city's portal: serves the release, its pictures and its attachment on loopback."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

MATERIAL = Path(__file__).parent / "release"


class _Quiet(SimpleHTTPRequestHandler):
    """Serves files without a line to the terminal for each."""

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def portal(folder: Path = MATERIAL) -> Iterator[str]:
    """The portal's address while the block runs."""
    handler = partial(_Quiet, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, name="portal", daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def material(name: str, base: str) -> Any:
    """A file of the demonstration's material with `{{base}}` as the portal's address."""
    text = (MATERIAL / name).read_text(encoding="utf-8")
    return json.loads(text.replace("{{base}}", base))
