from django.urls import path
from django.views.generic import RedirectView

from accounts.views import (
    about,
    audit_log,
    departments,
    display,
    entrance,
    health,
    jobs,
    messages,
    people,
    profile,
    tokens,
)

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("help/", about.help_page, name="help"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("licence/", about.licence, name="licence"),
    path("display/", display.display_mode, name="display_mode"),
    # accounts/: one's own account. The rest of logging in and out is allauth's.
    path("accounts/", RedirectView.as_view(pattern_name="profile")),
    path("accounts/login/", entrance.LoginView.as_view(), name="account_login"),
    path("accounts/demo/", entrance.demo_login, name="demo_login"),
    path("accounts/profile/", profile.profile, name="profile"),
    path("accounts/access/", profile.my_access, name="my_access"),
    path("accounts/messages/", messages.notices, name="messages"),
    path("accounts/messages/read/", messages.read_all, name="messages_read"),
    path("accounts/messages/settings/", messages.message_settings, name="message_settings"),
    path("accounts/messages/<int:pk>/", messages.notice, name="message"),
    path("accounts/unsubscribe/<str:token>/", messages.unsubscribe, name="unsubscribe"),
    path("accounts/tokens/", tokens.tokens, name="tokens"),
    path("accounts/tokens/<int:pk>/revoke/", tokens.revoke, name="token_revoke"),
    # accounts/: administrators
    path("accounts/people/", people.people, name="people"),
    path("accounts/people/<int:pk>/", people.person, name="person"),
    path("accounts/people/<int:pk>/department/", people.department_of, name="person_department"),
    path("accounts/people/<int:pk>/roles/", people.grant, name="person_grant"),
    path("accounts/people/<int:pk>/roles/<int:grant_pk>/revoke/", people.revoke, name="person_revoke"),
    path("accounts/departments/", departments.departments, name="departments"),
    path("accounts/departments/<int:pk>/", departments.department, name="department"),
    path("accounts/audit/", audit_log.audit_log, name="audit_log"),
    # jobs/
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/<uuid:pk>/", jobs.job, name="job"),
    path("jobs/<uuid:pk>/part/", jobs.job_part, name="job_part"),
    path("jobs/<uuid:pk>/result/", jobs.job_result, name="job_result"),
    path("jobs/<uuid:pk>/again/", jobs.job_run_again, name="job_run_again"),
]
