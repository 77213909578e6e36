"""Learning from use: with the owner's consent, what was misread waits for a person to label it."""

from bot.learning.learner import Learner

__all__ = ["Learner"]
