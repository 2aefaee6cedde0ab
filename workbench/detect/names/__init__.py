"""Names of people, countries, places and organisations, their offices and their order."""

from workbench.detect.names.detector import names, names_rank, unmatched
from workbench.detect.names.reading import Name, Reading, read

__all__ = ["Name", "Reading", "names", "names_rank", "read", "unmatched"]
