"""Answers from the library: sentences that stand on a passage that a person can open."""
