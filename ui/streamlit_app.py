"""Entry of the pages."""
