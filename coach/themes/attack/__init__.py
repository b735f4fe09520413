"""What somebody could find out who knows the roster, the rules and K - 1 pairs' statements."""
