"""Who may do what: the table, how somebody stands to a thing, and every step that asks."""
