"""Addresses under /api/."""

from django.urls import path

from mostrador.api import coupons, guidance, parked, prices, push, tills, vouchers

urlpatterns = [
    path("till/v1/pair", tills.pair),
    path("till/v1/push", push.view),
    path("till/v1/ping", tills.ping),
    path("till/v1/till", tills.till),
    path("till/v1/catalogue", tills.catalogue),
    path("till/v1/catalogue/<str:version>/<int:k>", tills.catalogue_file),
    path("till/v1/changes", tills.changes),
    path("till/v1/lookup", tills.lookup),
    path("till/v1/buyers", tills.buyers),
    path("till/v1/buyers/<uuid:buyer_id>/purchases", tills.purchases),
    path("till/v1/gift_cards", tills.gift_cards),
    path("till/v1/spend", tills.spend),
    path("till/v1/coupons", coupons.coupons),
    path("till/v1/coupon", coupons.coupon),
    path("till/v1/vouchers", vouchers.vouchers),
    path("till/v1/orders", tills.orders),
    path("till/v1/sold", tills.sold),
    path("till/v1/stock", tills.stock),
    path("till/v1/guidance", guidance.guidance),
    path("till/v1/prices", prices.prices),
    path("till/v1/promises", guidance.promises),
    path("till/v1/parked", parked.parked),
    path("till/v1/claim", parked.claim),
    path("till/v1/products", tills.products),
    path("till/v1/favourites", tills.favourites),
    path("till/v1/picture/<uuid:product_id>", tills.picture),
]
