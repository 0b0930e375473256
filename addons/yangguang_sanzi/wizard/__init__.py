from . import yangguang_statement
