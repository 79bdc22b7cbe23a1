"""What children, families and others tell us, and what they meet."""

from evenhand.feedback.models.barriers import Barrier, BarrierMet
from evenhand.feedback.models.discrimination import DiscriminationMet
from evenhand.feedback.models.register import Feedback

__all__ = ["Barrier", "BarrierMet", "DiscriminationMet", "Feedback"]
