"""Scripts beside a server, in an `odoo shell` that stays: to start one takes longer than most
scripts do."""

import json
import socket
import subprocess

from scripts import odoo_process
from scripts.settings import LOGS, ROOT

# each takes its memory for as long as it stays
_MOST = 2
_LOOP = f"""
import json, socket, sys, traceback
from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry

sys.path.insert(0, {str(ROOT)!r})
context = env.context
with socket.socket(fileno={{channel}}) as channel, channel.makefile("rw") as lines:
    for line in lines:
        answer = {{{{}}}}
        try:
            with Registry({{database!r}}).check_signaling().cursor() as cursor:
                names = {{{{"env": api.Environment(cursor, SUPERUSER_ID, context)}}}}
                exec(json.loads(line), names)
                cursor.commit()
            answer["result"] = names["result"]
        except BaseException:
            answer["error"] = traceback.format_exc()
        lines.write(json.dumps(answer) + "\\n")
        lines.flush()
"""
_staying: dict[tuple[str, str], "_Shell"] = {}


class ScriptError(Exception):
    """The script ended with an error; the text is its traceback."""


def shell(cluster, database, script):
    """Runs `script` as the superuser, commits, and gives what it assigned to `result` (plain
    values). Raises ScriptError when it ends with an error; then nothing of it is kept."""
    key = (str(cluster.home), database)
    one = _staying.pop(key, None) or _Shell(cluster, database)
    _staying[key] = one
    while len(_staying) > _MOST:
        _staying.pop(next(iter(_staying))).close()
    return one.run(script)


class _Shell:
    def __init__(self, cluster, database):
        self._channel, theirs = socket.socketpair()
        self._lines = self._channel.makefile("rw")
        with theirs, (LOGS / f"shell-{database}.log").open("w") as log:
            self._process = subprocess.Popen(
                odoo_process.command(
                    cluster, database, "--no-http", "--log-level=warn", call="shell"
                ),
                env=cluster.environment,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                text=True,
                pass_fds=[theirs.fileno()],
            )
            loop = _LOOP.format(channel=theirs.fileno(), database=database)
            self._process.stdin.write(loop)
            self._process.stdin.close()

    def run(self, script):
        self._lines.write(json.dumps(script) + "\n")
        self._lines.flush()
        answer = json.loads(self._lines.readline() or '{"error": "The shell has died."}')
        if "error" in answer:
            raise ScriptError(answer["error"])
        return answer["result"]

    def close(self):
        self._lines.close()
        self._channel.close()
        self._process.wait()
