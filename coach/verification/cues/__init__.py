"""Turns of phrase that verification looks for: one regular expression or word list a file."""
