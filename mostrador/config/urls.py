"""Which door serves which address. Doors that are not built are not there."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path(prefix, include(module))
    for prefix, module in (
        ("api/", "mostrador.api.urls"),
        ("t/", "mostrador.page.urls"),
        ("", "mostrador.office.urls"),
    )
    if find_spec(module.rsplit(".", 1)[0]) and find_spec(module)
]
