"""Figures of speed and memory, as ratios within one run. Nothing here is a test, and no test looks at a clock."""
