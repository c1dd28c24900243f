"""Rules of the house that a machine can hold, so that no review has to."""
