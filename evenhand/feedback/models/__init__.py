"""What children, families and others tell us, what they meet, and what staff say."""

from evenhand.feedback.models.barriers import Barrier, BarrierMet
from evenhand.feedback.models.discrimination import DiscriminationMet
from evenhand.feedback.models.register import Feedback
from evenhand.feedback.models.surveys import Survey, SurveyAnswer, SurveyInvitation

__all__ = [
    "Barrier",
    "BarrierMet",
    "DiscriminationMet",
    "Feedback",
    "Survey",
    "SurveyAnswer",
    "SurveyInvitation",
]
