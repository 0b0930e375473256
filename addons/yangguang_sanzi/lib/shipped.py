"""The data that comes with the addons: the chart of accounts, and the catalogue's public lines."""

from importlib.resources import files

import yaml

from .chart import Chart
from .public_lines import PublicLines

_CHART = "chart_2023.yaml"


def chart_data() -> dict:
    """Return the shipped chart as it is written in its file."""
    return _read("odoo.addons.yangguang_sanzi", f"data/{_CHART}")


def chart() -> Chart:
    """Return the chart of 2023."""
    return Chart.from_data(chart_data())


def public_lines_data() -> list[dict]:
    """Return the lines of the disclosure rule of 2011 with direction and accounts, in order."""
    shared = _read("odoo.addons.yangguang_cunwu", "data/catalogue/shared.yaml")
    return [
        {
            "code": option["value"],
            "name": option["label"],
            "name_en": option["label_en"],
            "direction": direction,
            "accounts": shared["line_accounts"][option["value"]],
        }
        for direction in ("in", "out")
        for option in shared["option_sets"][f"lines_2011_{direction}"]
    ]


def public_lines() -> PublicLines:
    """Return the lines of the disclosure rule of 2011."""
    return PublicLines.from_data(public_lines_data())


def asset_categories_data() -> list[dict]:
    """Return the categories of assets and resources, in order."""
    return _read("odoo.addons.yangguang_sanzi", "data/asset_categories.yaml")


def import_fields_data() -> dict:
    """Return the fields of lists of agencies' programs, by kind, with what heads are called."""
    return _read("odoo.addons.yangguang_sanzi", "data/import_fields.yaml")


def _read(package, path):
    return yaml.safe_load(files(package).joinpath(path).read_text("utf-8"))
