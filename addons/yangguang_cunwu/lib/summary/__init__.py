from .summary import Summary, has_summary, summarise
