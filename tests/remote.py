"""Calls the server as the web client does."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import requests


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
