"""An Onbon BX-5K or BX-6K card."""

from .card import Faults, OnbonK
