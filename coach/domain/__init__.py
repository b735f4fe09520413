"""The coach's words as frozen models, without input or output."""
