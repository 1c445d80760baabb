"""The trainee's pages: no account, one link."""

app_name = "survey"
urlpatterns: list = []
