"""Two thousand screens of which some are dead: they take a connection and never say a word."""

import contextlib
import socket
import threading

from odoo.addons.yangguang_led.simulators.onbon_k import OnbonK

WIDTH, HEIGHT = 64, 32


@contextlib.contextmanager
def crowd(live, dead):
    """The cards that live, and the addresses of all: first theirs, then those of the dead."""
    with contextlib.ExitStack() as stack:
        # a thread listens for each: Odoo limits the memory of a process, and stacks count
        stack.callback(threading.stack_size, threading.stack_size(256 * 1024))
        cards = [OnbonK(WIDTH, HEIGHT) for _number in range(live)]
        addresses = [stack.enter_context(card.serve_tcp()) for card in cards]
        deaf = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(dead)]
        yield cards, addresses + [f"socket://127.0.0.1:{one.getsockname()[1]}" for one in deaf]


def percentile(values, share):
    """The value below which so large a share of `values` lies."""
    return sorted(values)[int(len(values) * share) - 1]
