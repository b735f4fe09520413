"""Groups of statements that are about the same thing, by scikit-learn and SciPy."""

from coach.adapters.clustering.finding import VectorGroups

__all__ = ["VectorGroups"]
