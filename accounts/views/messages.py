"""The notice centre: what a person was told, and what of it goes out by e-mail."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actions.message_settings import choose_messages, mute
from accounts.actions.messages import mark_all_read, mark_read
from accounts.decorators import public
from accounts.forms.messages import MessageFilterForm, MessageSettingsForm
from accounts.models import Message, Topic
from accounts.unsubscribing import who_unsubscribes

PAGE_SIZE = 20


@never_cache
@require_safe
def notices(request):
    """Unread first, then newest first."""
    form = MessageFilterForm(request.GET)
    form.is_valid()
    topic, show = form.cleaned_data.get("topic"), form.cleaned_data.get("show")
    rows = Message.objects.visible_to(request.user).defer("body")
    if show:
        rows = rows.unread()
    if topic:
        rows = rows.filter(topic=topic)
    rows = rows.alias(is_read=Q(read_at__isnull=False)).order_by("is_read", "-created_at", "-pk")
    context = {
        "page_obj": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "show": show,
        "chosen_topic": topic,
        "topics": Topic.choices,
    }
    return render(request, "accounts/messages.html", context)


@never_cache
@require_safe
def notice(request, pk):
    """Opening a message is reading it."""
    found = get_object_or_404(Message.objects.visible_to(request.user), pk=pk)
    if request.method == "GET":
        mark_read(found)
    return render(request, "accounts/message.html", {"message": found})


@require_POST
def read_all(request):
    if mark_all_read(request.user):
        messages.success(request, _("All messages are marked as read."))
    return redirect("messages")


@require_http_methods(["GET", "HEAD", "POST"])
def message_settings(request):
    form = MessageSettingsForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        choose_messages(
            request.user, language=form.cleaned_data["language"], muted=form.muted, by=request.user
        )
        messages.success(request, _("Your choice is saved."))
        return redirect("message_settings")
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/message_settings.html", {"form": form}, status=status)


@never_cache
@public
@csrf_exempt  # mail programs post here by themselves; the signed address is what lets them in
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request, token):
    found = who_unsubscribes(token)
    if found is None:
        return render(request, "accounts/unsubscribe.html", {"unknown": True}, status=404)
    person, topic = found
    if request.method == "POST":
        mute(person, topic)
        if request.POST.get("List-Unsubscribe") == "One-Click":
            return HttpResponse(status=200)
    done = request.method == "POST" or topic in person.muted
    context = {"topic": topic.label, "done": done, "address": reverse("unsubscribe", args=[token])}
    return render(request, "accounts/unsubscribe.html", context)
