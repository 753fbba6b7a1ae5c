"""The processes of an installation: all of them together, or one at a time."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from bot.cli.office import read_settings
from bot.cli.refusing import Refused

HOST = "127.0.0.1"
PORT = 8321
EXAMPLE = Path(__file__).parents[1] / "sandbox" / "scenarios" / "example.toml"

Host = Annotated[str, typer.Option(help="Address to listen on.")]
Port = Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command()(demo)
    app.command()(serve)
    app.command()(web)
    app.command()(worker)
    app.command()(beat)
    app.command()(sandbox)


def demo(
    release: Annotated[
        Path | None, typer.Option(help="A release file instead of the invented one.")
    ] = None,
    keep: Annotated[bool, typer.Option(help="Leave everything running until Ctrl-C.")] = False,
) -> None:
    """Play the whole loop on the embedded default and simulated platforms."""
    from bot.demo.play import play_demo

    raise typer.Exit(play_demo(release, keep=keep))


def serve(host: Host = HOST, port: Port = PORT) -> None:
    """Run everything until Ctrl-C: broker, web with callbacks, worker, beat."""
    from bot.supervision.embedded import embedded_processes
    from bot.supervision.supervisor import CannotServe
    from bot.supervision.supervisor import serve as supervise
    from bot.supervision.valkey import NoValkeyServer

    # Addresses in posts and answers must lead to where we listen, unless a proxy stands before.
    os.environ.setdefault("TONGBU_PUBLIC_URL", f"http://{host}:{port}")
    settings = read_settings()
    _bring_database_up_to_date()
    try:
        processes = embedded_processes(settings, host=host, port=port)
        typer.echo(f"Tongbu at http://{host}:{port} with its data in {settings.home}")
        raise typer.Exit(supervise(processes, settings.home))
    except (CannotServe, NoValkeyServer) as error:
        raise Refused(str(error)) from error


def _bring_database_up_to_date() -> None:
    """In a process of its own: the supervisor must not keep the memory that takes."""
    upgrade = [sys.executable, "-m", "bot.cli", "db", "upgrade"]
    done = subprocess.run(upgrade, stdout=subprocess.DEVNULL, check=False)  # noqa: S603 - our own
    if done.returncode != 0:
        raise Refused("the database could not be brought up to date; the reason stands above")


def web(
    host: Host = HOST,
    port: Port = PORT,
    fd: Annotated[
        int | None, typer.Option(help="Take over this open socket instead of host and port.")
    ] = None,
    callbacks_only: Annotated[
        bool, typer.Option(help="Serve nothing but the platforms' callbacks.")
    ] = False,
) -> None:
    """Serve console, API, public pages and callbacks over HTTP."""
    import uvicorn

    read_settings()
    factory = "create_callbacks_app" if callbacks_only else "create_app"
    uvicorn.run(
        f"bot.web:{factory}",
        factory=True,
        host=host,
        port=port,
        fd=fd,
        http="httptools",
        loop="uvloop",
        access_log=False,
        log_level="warning",
        server_header=False,
    )


def worker(
    queues: Annotated[str, typer.Option(help="Queues, with commas; all of them by default.")] = "",
    concurrency: Annotated[int, typer.Option(min=1, max=256, help="Threads.")] = 16,
) -> None:
    """Work on jobs: publish, render, urgent, collect, answer."""
    from bot.jobs.names import Queue

    read_settings()
    known = [queue.value for queue in Queue]
    wanted = [name.strip() for name in queues.split(",") if name.strip()] or known
    if strangers := [name for name in wanted if name not in known]:
        raise typer.BadParameter(f"no queue {', '.join(strangers)}; there are {', '.join(known)}")
    # Gossip, mingling and heartbeats are for fleets that watch each other; our work is found in
    # the database whoever died.
    _become_celery(
        "tasks",
        "worker",
        f"--queues={','.join(wanted)}",
        "--pool=threads",
        f"--concurrency={concurrency}",
        "--without-gossip",
        "--without-mingle",
        "--without-heartbeat",
        "--loglevel=WARNING",
    )


def beat() -> None:
    """Ring for what is due; exactly one of these runs in an installation."""
    folder = read_settings().home / "beat"
    folder.mkdir(exist_ok=True)
    _become_celery(
        "tasks.beat",
        "beat",
        f"--schedule={folder / 'schedule'}",
        "--loglevel=WARNING",
    )


def sandbox(
    scenario: Annotated[
        Path | None, typer.Option(help="A .toml or .json file; see the example of the sandbox.")
    ] = None,
    host: Host = HOST,
    wechat_port: Annotated[int, typer.Option(min=0, max=65535)] = 8101,
    weibo_port: Annotated[int, typer.Option(min=0, max=65535)] = 8102,
) -> None:
    """Simulate WeChat and Weibo, for trying things without any account."""
    from bot.sandbox.scenario import load_scenario
    from bot.sandbox.server import run
    from bot.sandbox.tables import ScenarioError

    try:
        run(load_scenario(scenario or EXAMPLE), host, wechat_port, weibo_port)
    except ScenarioError as error:
        raise Refused(str(error)) from error
    except OSError as error:
        raise Refused(f"cannot listen on {host}: {error.strerror}") from error


def _become_celery(app: str, *arguments: str) -> NoReturn:
    """In place of this process, so that the command line's memory is given back."""
    argv = [sys.executable, "-m", "celery", f"--app={app}", "--quiet", *arguments]
    sys.stdout.flush()
    os.execv(sys.executable, argv)  # noqa: S606 - our own interpreter, arguments of our own
