"""Driver of Huidu's full-colour cards (SDK 2.0); facts from the vendor's public sample."""

from .driver import HuiduSdk2
