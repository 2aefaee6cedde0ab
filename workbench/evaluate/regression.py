"""Logistic regression with a ridge penalty, for the coefficients that detectors are fitted with."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_STEPS = 30
_ENOUGH = 1e-6


def ridge(evidence: Floats, truth: Floats, weight: Floats, penalty: float) -> Floats:
    """Coefficients in the order of the columns, then the constant, by Newton's method.

    evidence: shape (n, kinds). truth: 0 to 1 for each row; weight: of each row. penalty: on the
    squared coefficients of standardised evidence.
    """
    mean, spread = evidence.mean(axis=0), evidence.std(axis=0)
    spread = np.where(spread > 0, spread, 1.0)
    x = np.column_stack([(evidence - mean) / spread, np.ones(len(evidence))])
    penalties = np.append(np.full(x.shape[1] - 1, penalty), 0.0)
    found = np.zeros(x.shape[1])
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-np.clip(x @ found, -30, 30)))
        slope = x.T @ (weight * (truth - p)) - penalties * found
        curve = (x * (weight * p * (1 - p))[:, None]).T @ x + np.diag(penalties)
        step = np.linalg.solve(curve + 1e-9 * np.eye(len(curve)), slope)
        found += step
        if np.abs(step).max() < _ENOUGH:
            break
    weights = found[:-1] / spread
    return np.append(weights, found[-1] - weights @ mean)
