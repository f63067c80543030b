from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Department, User
from accounts.roles import Role

# A judge is named in a competition, never for the whole site; everybody is a resident.
SITE_WIDE_ROLES = [role for role in Role if role not in {Role.RESIDENT, Role.JUDGE}]


class PeopleFilterForm(forms.Form):
    q = forms.CharField(label=_("Name or e-mail address"), required=False, max_length=254)
    role = forms.ChoiceField(
        label=_("Role"), required=False, choices=[("", _("All roles")), *((r.value, r.label) for r in Role)]
    )


class GrantForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=[(r.value, r.label) for r in SITE_WIDE_ROLES])


class PersonDepartmentForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["department"]


class DepartmentForm(forms.ModelForm):
    class Meta:
        model = Department
        fields = ["name", "name_en", "code"]
        help_texts = {
            "code": _("The department's code in your own register. It tells departments apart in files.")
        }
