"""Which door serves which address. Doors that are not built are not there."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from mostrador.config.authority import authority

urlpatterns: list[URLPattern | URLResolver] = [path("autoridad.crt", authority)]
urlpatterns += [
    path(prefix, include(module))
    for prefix, module in (
        ("api/", "mostrador.api.urls"),
        ("t/", "mostrador.page.urls"),
        ("", "mostrador.office.urls"),
    )
    if find_spec(module.rsplit(".", 1)[0]) and find_spec(module)
]
