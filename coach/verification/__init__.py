"""Is a model's text fit to take a draft's place? One answer, for every capability."""
