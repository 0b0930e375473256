"""The fake WeChat beside the demo: `./yangguang run --fake-wechat`."""

import contextlib
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator

from . import odoo_process
from .cluster import Cluster
from .console import CommandError
from .settings import ROOT

DEFAULT_PORT = 8090
_ADDON = ROOT / "addons" / "yangguang_wechat"
_STOP_SECONDS = 5
# the demo's own mini-program, pointed at the fake, with everything that one would enter
_SET_UP = """
from odoo.addons.yangguang_wechat.simulators import state
settings = env["yangguang.wechat.setting"].with_context(active_test=False)
setting = settings.search([("appid", "=", state.APPID)]) or settings.create(
    {{"appid": state.APPID}}
)
setting.write(
    {{
        "active": True,
        "api_host": "{host}",
        "new_secret": state.SECRET,
        "new_callback_token": state.TOKEN,
        "new_aes_key": state.AES_KEY,
    }}
)
env.cr.commit()
setting.action_check()
env.cr.commit()
"""


@contextlib.contextmanager
def running(cluster: Cluster, database: str, port: int, server: str) -> Iterator[str]:
    """The fake on `port` for the length of the block, with the database's mini-program pointed at
    it; it pushes to the product at `server`. Gives its address."""
    odoo_process.check_port("127.0.0.1", port)
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "simulators.wechat", f"--port={port}"),
            f"--callback={server}/wxapi/callback",
        ],
        cwd=_ADDON,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        host = process.stdout.readline().strip()
        if not host:
            raise CommandError("The fake WeChat did not start.", "模拟微信服务未能启动。")
        urllib.request.urlopen(f"{host}/_fake/state", timeout=_STOP_SECONDS).close()
        odoo_process.run_script(cluster, database, _SET_UP.format(host=host))
        yield host
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(_STOP_SECONDS)
