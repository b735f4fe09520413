"""The records of months, in SQLite or PostgreSQL, with people's words encrypted."""
