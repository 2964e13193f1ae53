"""Measure what the pages and actions cost, as ratios to honest floors of the same run."""
