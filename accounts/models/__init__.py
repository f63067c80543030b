from accounts.models.audit import AuditRecord
from accounts.models.consent import Consent
from accounts.models.job import Heartbeat, Job
from accounts.models.message import Message, Topic
from accounts.models.organisation import Department, Government
from accounts.models.role import RoleGrant
from accounts.models.token import AccessToken
from accounts.models.user import User

__all__ = [
    "AccessToken",
    "AuditRecord",
    "Consent",
    "Department",
    "Government",
    "Heartbeat",
    "Job",
    "Message",
    "RoleGrant",
    "Topic",
    "User",
]
