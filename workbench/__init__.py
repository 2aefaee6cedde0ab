"""Workbench: align, check and review Chinese-English official texts side by side."""

__version__ = "0.1.0"
