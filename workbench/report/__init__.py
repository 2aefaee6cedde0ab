"""From findings to a judgement: scores, charts and what a report holds."""
