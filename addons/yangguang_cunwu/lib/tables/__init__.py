from .engine import DocumentError, Problem, check, complete, totals
from .template import Column, FixedRow, HeaderField, Option, Rule, Template
from .trial import Effect, trial
from .validation import validate
