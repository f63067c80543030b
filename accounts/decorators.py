"""A public page says so; LoginRequiredMiddleware guards all others."""

from django.contrib.auth.decorators import login_not_required

public = login_not_required
