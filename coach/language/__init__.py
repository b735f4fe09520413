"""What several rooms read out of English text: word lists, n-grams, clauses."""
