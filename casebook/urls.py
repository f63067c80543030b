app_name = "casebook"
urlpatterns = []
