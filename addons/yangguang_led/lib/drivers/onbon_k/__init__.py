"""Driver of Onbon's BX-5K and BX-6K font cards; facts from the vendor's public documents."""

from .driver import OnbonK
