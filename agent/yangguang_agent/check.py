"""Says in plain words what works and what does not, for whoever stands beside the box."""

import os
from collections.abc import Iterator
from pathlib import Path

from odoo.addons.yangguang_led.lib import connections

from .server import RevokedError, Server, ServerError
from .settings import Settings, SettingsError


def run(path: Path) -> int:
    """Print a line for each thing; 1 when one does not work."""
    failed = 0
    for works, words in _findings(path):
        print(f"{'✓' if works else '✗'} {words}")
        failed |= not works
    print("还有问题，请按上面打✗的行处理。" if failed else "都正常，可以启动。")
    return int(failed)


def _findings(path) -> Iterator[tuple[bool, str]]:
    try:
        settings = Settings.read(path)
    except SettingsError as error:
        yield False, str(error)
        return
    yield True, f"配置文件“{path}”写得对。"
    yield _writable(settings.directory)
    try:
        said = Server(settings).screens()
    except (ServerError, RevokedError) as error:
        yield False, str(error)
        return
    yield True, f"连上了服务器，口令有效：{said['place']}，{said['agent']}。"
    if not said["screens"]:
        yield False, "后台还没有把屏交给这个代理程序：请在屏的“连接”页选它。"
    for screen in said["screens"]:
        yield _screen(screen)


def _writable(directory):
    place = directory
    while not place.exists():
        place = place.parent
    if os.access(place, os.W_OK):
        return True, f"目录“{directory}”可以写。"
    return False, f"目录“{directory}”不能写：请用root运行，或改配置文件里的directory。"


def _screen(screen):
    name = f"屏“{screen['name']}”（{screen['address']}）"
    try:
        driver = connections.build(screen["driver"], screen["address"], screen["options"])
    except ValueError as error:
        return False, f"{name}：{error}"
    answer, _status = driver.probe()
    if answer.state == "confirmed":
        return True, f"{name}：控制卡有回答。"
    if answer.ok:
        return True, f"{name}：线路通；这种卡不回答，看不出它好不好。"
    return False, f"{name}：{answer.reason}"
