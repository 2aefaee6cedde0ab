"""Set formulations in dated texts: found, placed, and compared with what was said before."""

from workbench.formulations.compare import compare, unheard
from workbench.formulations.find import Found, find
from workbench.formulations.place import place

FEWEST = 5
"""Dated texts below which nothing is said: what repeats in fewer may be chance."""

__all__ = ["FEWEST", "Found", "compare", "find", "place", "unheard"]
