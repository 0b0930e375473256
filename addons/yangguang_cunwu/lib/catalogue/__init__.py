from .amendment import blank_template, with_cross_checks, with_template
from .difference import Change, diff
from .edition import DIVISION_KINDS, Category, Department, Edition, Item, Parameter
from .excel import from_workbook, to_workbook
from .files import dump, load, read_directory
from .sheets import from_sheets, to_sheets
from .validation import sample_problems, validate
from .wording import sentences
