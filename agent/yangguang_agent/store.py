"""What outlives a power cut: what each screen is to do, what came of it and is not yet reported,
and the pictures. A file is there whole or not at all."""

import hashlib
import json
import logging
import os
import re
from pathlib import Path

_DIGEST = re.compile(r"[0-9a-f]{64}")
_STATE = "state.json"
_FILES = "files"

_logger = logging.getLogger(__name__)


class Store:
    """A directory. `wishes` and `outcomes` hold one entry a task (by its key as text), so that
    they grow with the screens and not with the time: a later outcome takes an earlier one's place,
    as the server counts the last alone."""

    def __init__(self, directory: Path):
        self._directory = directory
        (directory / _FILES).mkdir(parents=True, exist_ok=True)
        kept = self._read()
        self.wishes: dict[str, dict] = kept.get("wishes", {})
        self.outcomes: dict[str, dict] = kept.get("outcomes", {})

    def save(self) -> None:
        """Write down wishes and outcomes, and be sure of it."""
        content = {"wishes": self.wishes, "outcomes": self.outcomes}
        self._write(self._directory / _STATE, json.dumps(content, ensure_ascii=False).encode())

    def forget(self) -> None:
        """Drop everything."""
        self.wishes, self.outcomes = {}, {}
        self.save()
        self.drop_files(set())

    def file(self, digest: str) -> bytes | None:
        """The file with this digest, if it is here and is it still."""
        path = self._path(digest)
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return None
        if hashlib.sha256(content).hexdigest() == digest:
            return content
        _logger.warning("文件%s已损坏，重新下载。", digest[:8])
        path.unlink()
        return None

    def keep_file(self, digest: str, content: bytes) -> None:
        """Keep a file; raises ValueError when it is not the one of this digest."""
        if hashlib.sha256(content).hexdigest() != digest:
            raise ValueError("下载的文件与摘要不符。")
        self._write(self._path(digest), content)

    def drop_files(self, wanted: set[str]) -> None:
        """Remove what no screen shows any more."""
        for path in (self._directory / _FILES).iterdir():
            if path.name not in wanted:
                path.unlink()

    def _path(self, digest):
        if not _DIGEST.fullmatch(digest):
            raise ValueError("文件的摘要写得不对。")
        return self._directory / _FILES / digest

    def _read(self):
        try:
            return json.loads((self._directory / _STATE).read_bytes())
        except FileNotFoundError:
            return {}
        except ValueError:
            _logger.warning("本机的记录已损坏，从服务器重新取。")
            return {}

    @staticmethod
    def _write(path, content):
        unfinished = path.with_name(f"{path.name}.part")
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
        directory = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)
