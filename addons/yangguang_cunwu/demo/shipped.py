"""The data files of the demo district."""

from functools import cache
from pathlib import Path

import yaml


@cache
def shipped(name: str) -> dict:
    """The contents of `name`.yaml beside this module."""
    return yaml.safe_load(Path(__file__).with_name(f"{name}.yaml").read_text("utf-8"))
