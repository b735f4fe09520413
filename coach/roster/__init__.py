"""People and pairs from a CSV file: read, checked, and matched with who is there."""
