from django.urls import path

from casebook.views import desk, exchange, listing, record

app_name = "casebook"
urlpatterns = [
    path("search/", listing.search_page, name="search"),
    path("prompts/", listing.prompts, name="prompts"),
    path("prompts/<str:slug>/", record.prompt, name="prompt"),
    path("prompts/<str:slug>/text/", record.prompt_text, name="prompt_text"),
    path("cases/", listing.cases, name="cases"),
    path("cases/<str:slug>/", record.case, name="case"),
    path("editions/", exchange.editions, name="editions"),
    path("editions/export/", exchange.export, name="export"),
    path("editions/import/", exchange.bring_in, name="import"),
    # The editor's desk
    path("desk/", desk.queue, name="desk"),
    path("desk/<str:kind>/<int:pk>/", desk.review, name="review"),
    path("desk/<str:kind>/<int:pk>/publish/", desk.publish, name="publish"),
    path("desk/<str:kind>/<int:pk>/send-back/", desk.return_to_author, name="send_back"),
    path("desk/<str:kind>/<str:slug>/retire/", desk.retire, name="retire"),
]
