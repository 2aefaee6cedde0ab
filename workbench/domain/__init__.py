"""The vocabulary of the workbench as plain values: no I/O, no numpy, no framework."""
