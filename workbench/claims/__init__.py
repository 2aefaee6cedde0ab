"""Commentary against the original: claims, the passages that bear on them, verdicts."""

from workbench.claims.find import find_claims
from workbench.claims.judge import judge
from workbench.claims.passages import Passages

__all__ = ["Passages", "find_claims", "judge"]
