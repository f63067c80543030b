from accounts.forms.audit import AuditFilterForm
from accounts.forms.people import DepartmentForm, GrantForm, PeopleFilterForm, PersonDepartmentForm
from accounts.forms.profile import ProfileForm
from accounts.forms.sign_up import LoginForm, SignupForm

__all__ = [
    "AuditFilterForm",
    "DepartmentForm",
    "GrantForm",
    "LoginForm",
    "PeopleFilterForm",
    "PersonDepartmentForm",
    "ProfileForm",
    "SignupForm",
]
