"""Files beside a table or a text: which an item takes, and what is said of them."""

from collections.abc import Collection, Iterable, Mapping

# form of publication in the list of items -> what such files are called
KINDS = {"file": "文件", "image": "图片", "video": "视频"}
_UNITS = ("B", "KB", "MB")


def kind(mimetype: str) -> str:
    """The form of publication (a key of KINDS) that a file of this type belongs to."""
    family = mimetype.partition("/")[0]
    return family if family in KINDS else "file"


def refusal(mimetype: str, forms: Collection[str]) -> str | None:
    """The sentence for a file that an item published in these `forms` does not take."""
    if kind(mimetype) in forms:
        return None
    taken = "、".join(label for form, label in KINDS.items() if form in forms)
    if not taken:
        return "本事项不附文件"
    return f"本事项只能附{taken}，这是{KINDS[kind(mimetype)]}"


def kinds(files: Iterable[Mapping[str, str]]) -> set[str]:
    """The kinds of the `files` that a document names."""
    return {kind(file["mimetype"]) for file in files}


def size_label(size: int) -> str:
    """A number of bytes as people read it: 812 B, 36 KB, 4.2 MB."""
    step = min((size.bit_length() - 1) // 10, len(_UNITS) - 1) if size else 0
    amount = size / 1024**step
    return (
        f"{amount:.1f} {_UNITS[step]}"
        if step == len(_UNITS) - 1
        else f"{amount:.0f} {_UNITS[step]}"
    )
