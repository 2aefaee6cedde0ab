"""Finding words in Chinese and English: folded, by pinyin, by pattern."""

from workbench.search.query import Query, compile_query

__all__ = ["Query", "compile_query"]
