"""Parts of a template as the lines people type: options, printed cells, the sample."""

from .template import Option


def options_text(options: tuple[Option, ...]) -> str:
    """One option a line: value = label = English label."""
    return "\n".join(
        " = ".join(part for part in (option.value, option.label, option.label_en) if part)
        for option in options
    )


def read_options(text: str | None, place: str) -> list[dict]:
    """The options in `text`, the inverse of `options_text`, as plain data.

    A line without "=" is value and label at once. Raises ValueError that names `place`.
    """
    options = []
    for number, line in enumerate((text or "").splitlines(), 1):
        parts = [part.strip() for part in line.split("=")]
        if not any(parts):
            continue
        if len(parts) > 3 or not all(parts):
            raise ValueError(f"{place}第{number}个选项应写成「代码 = 名称」")
        keys = ("value", "label", "label_en")
        options.append(dict(zip(keys, parts if len(parts) > 1 else parts * 2, strict=False)))
    return options


def cells_text(cells: dict[str, str]) -> str:
    """One printed cell a line: column = content."""
    return "\n".join(f"{key} = {value}" for key, value in cells.items())


def read_cells(text: str | None, place: str) -> dict[str, str]:
    """The printed cells in `text`, the inverse of `cells_text`; ValueError names `place`."""
    cells = {}
    for line in filter(str.strip, (text or "").splitlines()):
        key, sign, value = (part.strip() for part in line.partition("="))
        if not sign or not key or not value:
            raise ValueError(f"{place}印定的内容应写成「列 = 内容」：{line.strip()}")
        cells[key] = value
    return cells
