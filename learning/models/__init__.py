from learning.models.group import LearningGroup, Membership

__all__ = ["LearningGroup", "Membership"]
