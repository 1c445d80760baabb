"""Every address of the product. Other floors are named as strings: this floor doesn't know them."""

from django.urls import include, path

from qualiopi.organisations.views.entry import forget_kept, start
from qualiopi.organisations.views.opening import first, open_one
from qualiopi.organisations.views.person import my_account

urlpatterns = [
    path("", start, name="start"),
    path("premier-organisme/", first, name="first"),
    path("ouvrir/", open_one, name="open"),
    path("saisie-oubliee/", forget_kept, name="forget_kept"),
    path("mon-compte/", my_account, name="my_account"),
    path("compte/", include("qualiopi.accounts.urls")),
    path("referentiel/", include("qualiopi.grids.urls")),
    path("o/<slug:organisation>/", include("qualiopi.organisations.urls")),
    path("o/<slug:organisation>/chercher/", include("qualiopi.search.urls")),
    path("o/<slug:organisation>/import/", include("qualiopi.imports.urls")),
    path("o/<slug:organisation>/", include("trainings.urls")),
    path("o/<slug:organisation>/", include("evidence.urls")),
    path("o/<slug:organisation>/sans-relances/", include("qualiopi.optouts.urls")),
    path("m/", include("qualiopi.optouts.public_urls")),
    path("", include("trainings.public_urls")),
    path("", include("evidence.public_urls")),
]
handler400 = "qualiopi.web.errors.bad_request"
handler403 = "qualiopi.web.errors.forbidden"
handler404 = "qualiopi.web.errors.not_found"
handler500 = "qualiopi.web.errors.server_error"
