"""Figures to check on your own machine, each against a floor measured in the same run."""
