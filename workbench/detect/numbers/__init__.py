"""Numbers, dates and amounts compared by value, in both languages."""

from workbench.detect.numbers.detector import numbers, numbers_rank

__all__ = ["numbers", "numbers_rank"]
