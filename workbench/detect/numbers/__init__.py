"""Numbers, dates and amounts compared by value, in both languages."""

from workbench.detect.numbers.detector import numbers

__all__ = ["numbers"]
