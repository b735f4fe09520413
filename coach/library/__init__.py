"""The guidance library: read it, check it."""
