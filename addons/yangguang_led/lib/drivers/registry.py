"""The drivers there are: one line for each."""

from .base import Driver
from .colorlight_ctl import ColorlightCtl
from .novastar_ctl import NovastarCtl
from .onbon_k import OnbonK

DRIVERS: dict[str, type[Driver]] = {
    driver.key: driver for driver in (OnbonK, NovastarCtl, ColorlightCtl)
}
