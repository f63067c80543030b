from accounts.forms.audit import AuditFilterForm
from accounts.forms.own_account import (
    AddEmailForm,
    ChangePasswordForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)
from accounts.forms.people import DepartmentForm, GrantForm, PeopleFilterForm, PersonDepartmentForm
from accounts.forms.profile import ProfileForm
from accounts.forms.sign_up import LoginForm, SignupForm

__all__ = [
    "AddEmailForm",
    "AuditFilterForm",
    "ChangePasswordForm",
    "DepartmentForm",
    "GrantForm",
    "LoginForm",
    "PeopleFilterForm",
    "PersonDepartmentForm",
    "ProfileForm",
    "ReauthenticateForm",
    "ResetPasswordForm",
    "ResetPasswordKeyForm",
    "SetPasswordForm",
    "SignupForm",
]
