"""Pages about the site, always at the foot of every page."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.decorators import public


@public
@require_safe
def help_page(request):
    return render(request, "accounts/about/help.html")


@public
@require_safe
def accessibility(request):
    return render(request, "accounts/about/accessibility.html")


@public
@require_safe
def licence(request):
    return render(request, "accounts/about/licence.html")
