"""How often somebody may call in a minute, counted in the memory of one server process.

Reading writes nothing to the database, so the count is kept here: of `n` processes each allows as
much, together n times as much. The nginx that stands before them in production counts for all of
them (docker/nginx). What must not be guessed, a code for instance, is counted in the database
instead.
"""

import threading
import time
from collections.abc import Callable, Hashable

SECONDS = 60
# who is counted apart in one minute; those who come after them share one count
_MOST_KEYS = 50_000


class Limits:
    """Counts of the present minute. `clock` gives seconds that never run backwards."""

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._clock = clock
        self._lock = threading.Lock()
        self._window = None
        self._counts = {}

    def wait(self, key: Hashable, most: int) -> int:
        """Count a call of `key`: return 0, or the seconds to wait when it was one too many."""
        now = self._clock()
        window = int(now // SECONDS)
        with self._lock:
            if window != self._window:
                self._window, self._counts = window, {}
            if key not in self._counts and len(self._counts) >= _MOST_KEYS:
                key = None
            count = self._counts[key] = self._counts.get(key, 0) + 1
        return 0 if count <= most else SECONDS - int(now % SECONDS)
