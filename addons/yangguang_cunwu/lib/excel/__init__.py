from .csv_export import to_csv
from .export import export
from .form import form
from .reader import Reading, read
from .workbook import Problem
