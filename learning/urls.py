from django.urls import path

from learning.views import group, listing

app_name = "learning"
urlpatterns = [
    path("", listing.groups, name="groups"),
    path("new/", group.create, name="create"),
    path("<str:slug>/", group.group, name="group"),
    path("<str:slug>/edit/", group.edit, name="edit"),
    path("<str:slug>/members/", group.add, name="add_member"),
    path("<str:slug>/members/<int:pk>/remove/", group.remove, name="remove_member"),
]
