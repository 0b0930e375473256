"""What a ticket about a screen says by itself."""

from datetime import datetime


def silence(heard: datetime | None) -> str:
    """A sentence about a screen that was `heard` last at that local time; None for never."""
    if not heard:
        return "屏一直没有应答。"
    return f"{heard.month}月{heard.day}日 {heard:%H:%M} 以后没有应答。"
