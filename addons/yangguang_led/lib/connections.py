"""How screens are reached: by the drivers, or by a player that comes to fetch its programme."""

from collections.abc import Mapping

from .drivers import registry
from .drivers.base import NOTHING, PICTURES, TEXT, Driver

# a browser in front of the screen: nothing is sent to it
WEB = "web"
_WEB_TITLE = "网页播放器（小电脑或安卓盒）"


def choices() -> list[tuple[str, str]]:
    """What a screen can be driven by, for people to choose from."""
    return [(WEB, _WEB_TITLE), *((key, one.title) for key, one in registry.DRIVERS.items())]


def draws(key: str) -> str:
    """Whether the screen gets TEXT or PICTURES; where the driver only dims and darkens, a player
    in front of it shows our pictures."""
    return TEXT if key != WEB and registry.DRIVERS[key].draws == TEXT else PICTURES


def explanation(key: str) -> str:
    """What the driver's options mean, one in a line."""
    if key not in registry.DRIVERS:
        return ""
    return "\n".join(
        f"{name} = {default}：{words}"
        for name, (default, words) in registry.DRIVERS[key].OPTIONS.items()
    )


def not_drivable() -> str:
    """The control cards that nobody outside can drive, and what to do about each, one in a line."""
    return "\n".join(f"{family}：{words}" for family, words in registry.UNSUPPORTED.items())


def build(
    key: str, address: str, options: Mapping[str, str] | None = None, timeout: float = 3
) -> Driver | None:
    """The driver of a screen, its `options` read as the types of their defaults.

    None for a screen that has none, because a player fetches the programme or because it only
    follows another device. Raises ValueError with a sentence for options or an address that
    cannot be.
    """
    if key == WEB:
        return None
    driver = registry.DRIVERS[key]
    if not address:
        raise ValueError(f"请填写“{driver.title}”的连接地址。")
    typed = {name: _typed(driver, name, value) for name, value in (options or {}).items()}
    return driver(address, typed, timeout)


def shows_by_itself(key: str) -> bool:
    """Whether the driver puts pages on the screen; those that only dim and darken do not."""
    return key != WEB and registry.DRIVERS[key].draws != NOTHING


def _typed(driver, name, text):
    default = driver.OPTIONS.get(name, ("", ""))[0]
    if isinstance(default, bool):
        return text.strip() in ("1", "yes", "true", "是")
    if isinstance(default, int):
        try:
            return int(text, 0)
        except ValueError:
            raise ValueError(f"选项“{name}”应填整数，而不是“{text}”。") from None
    return text
