"""Calls the server as the web client does, and prepares sheets through a shell beside it."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import requests

from scripts import odoo_process
from scripts.settings import ROOT


class RefusedError(Exception):
    """The server said no; the text is its sentence."""


class Session:
    """A signed-in user."""

    def __init__(self, server, login, password):
        self.base_url = server.base_url
        self.http = requests.Session()
        self._post(
            "/web/session/authenticate",
            {"db": server.database, "login": login, "password": password},
        )

    def call(self, model, method, *arguments, **keywords):
        """The result of a method of a model; raises RefusedError with the server's sentence, which
        is Chinese, as for the web client of a Chinese user."""
        keywords["context"] = {"lang": "zh_CN", **keywords.get("context", {})}
        return self._post(
            "/web/dataset/call_kw",
            {"model": model, "method": method, "args": arguments, "kwargs": keywords},
        )

    def _post(self, path, params):
        answer = self.http.post(
            self.base_url + path, json={"jsonrpc": "2.0", "params": params}, timeout=120
        )
        answer.raise_for_status()
        body = answer.json()
        if "error" in body:
            raise RefusedError(body["error"]["data"]["message"])
        # a method that gives nothing has no result
        return body.get("result")


def at_once(*calls):
    """The results of `calls` made at the same moment; a RefusedError stands for itself."""
    barrier = Barrier(len(calls))

    def run(call):
        barrier.wait()
        try:
            return call()
        except RefusedError as refusal:
            return refusal

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def shell(cluster, database, script):
    """Runs `script` in `odoo shell`, commits, and gives what it assigned to `result` (plain
    values)."""
    printed = odoo_process.run_script(
        cluster,
        database,
        f"import sys, json\nsys.path.insert(0, {str(ROOT)!r})\n{script}\n"
        "env.cr.commit()\nprint('RESULT' + json.dumps(result))\n",
    )
    line = next(line for line in printed.splitlines() if "RESULT" in line)
    return json.loads(line.split("RESULT", 1)[1])
