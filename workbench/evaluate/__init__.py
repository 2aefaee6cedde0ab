"""How good the engine is: scores against reference data, and the benchmark of the aligner."""
