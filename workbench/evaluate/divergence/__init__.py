"""Measuring the detectors: reference sets in, how often they are right out."""
