"""What many pairs live through, told so that nobody can be told from it."""
