"""Finds personal data before it is published, whatever the form of writing."""

from .finding import Finding, Passage, find
from .kinds import BLOCK, CONFIRM, KINDS
from .sheet import passages
from .text import Hit, masked, scan
