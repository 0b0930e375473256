"""Odoo as a child process."""

import contextlib
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from .cluster import Cluster
from .console import CommandError
from .settings import ADDONS_PATH, CONFIG, LOGS

_START_SECONDS = 120
_STOP_SECONDS = 30


def command(cluster: Cluster, database: str, *options: str, call: str = "server") -> list[str]:
    """The command line of an Odoo call on a database."""
    return [
        *(sys.executable, "-m", "odoo"),
        f"--addons-path={','.join(map(str, ADDONS_PATH))}",
        *(call, f"--config={CONFIG}", f"--database={database}"),
        f"--data-dir={cluster.odoo_data}",
        *options,
    ]


def install(cluster: Cluster, database: str, log: Path, *options: str) -> None:
    """Run `-i` or `-u` to the end; `--skip-auto-install` keeps out modules nobody asked for."""
    options = ("--skip-auto-install", "--stop-after-init", "--no-http", *options)
    with log.open("w") as output:
        done = subprocess.run(
            command(cluster, database, *options),
            env=cluster.environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    if done.returncode:
        raise CommandError(
            f"Odoo could not install or update the addons; see {log}.", "安装或升级失败,详见日志。"
        )


def run_script(cluster: Cluster, database: str, script: str) -> str:
    """Give `script` to `odoo shell` and return what it prints; it commits by itself.

    Raises CommandError when it ends with an error.
    """
    log = LOGS / f"shell-{database}.log"
    with log.open("w") as errors:
        done = subprocess.run(
            command(cluster, database, "--no-http", "--log-level=warn", call="shell"),
            env=cluster.environment,
            input=script,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    if done.returncode:
        last = (log.read_text().strip().splitlines() or ["?"])[-1]
        raise CommandError(f"A script in Odoo failed: {last} (see {log}).", "Odoo 脚本执行失败。")
    return done.stdout


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def check_port(address: str, port: int) -> None:
    """Raise CommandError when the port cannot be listened on."""
    with socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} on {address} is not free ({error.strerror}); choose one by --port.",
                f"端口 {port} 无法使用,请用 --port 另选。",
            ) from None


@contextlib.contextmanager
def server(
    cluster: Cluster,
    database: str,
    port: int,
    address: str = "127.0.0.1",
    log: Path = LOGS / "odoo-server.log",
    options: tuple[str, ...] = (),
):
    """An Odoo server that answers requests for the length of the block; gives its process.

    It runs in a session of its own, so that Ctrl-C reaches it once, from here.
    """
    options = (f"--http-interface={address}", f"--http-port={port}", *options)
    with log.open("w") as output:
        process = subprocess.Popen(
            command(cluster, database, *options),
            env=cluster.environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            _wait_until_ready(process, port, address, log)
            yield process
        finally:
            _stop(process)


def _wait_until_ready(process: subprocess.Popen, port: int, address: str, log: Path) -> None:
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(address, address)
    deadline = time.monotonic() + _START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        # URLError, refused connections and time-outs are all of this class
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://{host}:{port}/web/health", timeout=10).close()
            return
        time.sleep(0.1)
    raise CommandError(f"The Odoo server did not start; see {log}.", "Odoo 服务未能启动,详见日志。")


def _stop(process: subprocess.Popen) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
