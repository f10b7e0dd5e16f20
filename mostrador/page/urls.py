"""Addresses under /t/: short, because they stand in a QR."""

from django.urls import path

from mostrador.page import views

urlpatterns = [
    path("vista/<uuid:sale_id>", views.preview),
    path("<path:secret>", views.page),
]
