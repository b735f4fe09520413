"""Say it well: what in a message may threaten face, and better ways to say the same."""
