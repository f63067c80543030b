from django.urls import path

from competitions.views.paper import bringing_in, desk, documents, export, scans

urlpatterns = [
    # judging/
    path("judging/<str:slug>/sheet.xlsx", documents.own_book, name="judging_workbook"),
    path("judging/<str:slug>/sheets.<str:format>", documents.own_sheets, name="judging_papers"),
    # organise/<slug>/sheets/
    path("organise/<str:slug>/sheets/import/", bringing_in.import_sheets, name="organise_import_sheets"),
    path("organise/<str:slug>/sheets/export/", export.export, name="organise_export_sheets"),
    path("organise/<str:slug>/sheets/paper/", desk.paper, name="organise_paper"),
    path("organise/<str:slug>/sheets/paper/workbooks.zip", desk.workbooks, name="organise_workbooks"),
    path("organise/<str:slug>/sheets/paper/<int:pk>.xlsx", desk.workbook, name="organise_workbook"),
    path("organise/<str:slug>/sheets/paper/scans/", scans.add_scan, name="organise_add_scan"),
    path("organise/<str:slug>/sheets/paper/scans/<uuid:pk>/", scans.scan, name="organise_scan"),
    path(
        "organise/<str:slug>/sheets/paper/scans/<uuid:pk>/remove/",
        scans.scan_removal,
        name="organise_remove_scan",
    ),
    path(
        "organise/<str:slug>/sheets/documents/<str:kind>.<str:format>",
        documents.document,
        name="organise_sheet_document",
    ),
]
