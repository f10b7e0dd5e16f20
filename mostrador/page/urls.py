"""Addresses under /t/: short, because they stand in a QR."""

from django.urls import path

from mostrador.page import by_code, views

urlpatterns = [
    path("", by_code.ask),
    path("con-codigo/<str:opening>", by_code.opened),
    path("vista/<uuid:sale_id>", views.preview),
    path("<path:secret>", views.page),
]
