"""Driver of Onbon's BX-Y full-colour cards; facts from the vendor's public documents."""

from .driver import OnbonY
