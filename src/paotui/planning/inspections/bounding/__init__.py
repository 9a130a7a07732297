"""Lower bounds from what a day costs at the least, for every set of sites that could be visited on it."""

from .proof import Proof, prove

__all__ = ["Proof", "prove"]
