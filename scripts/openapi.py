"""Write contracts/openapi.json: the doors of tills with the types that the server itself reads and answers by. `--check` only compares."""

import json
import os
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mostrador.config.settings")
OUT = ROOT / "contracts/openapi.json"
REFUSALS = {400: "not a push, or not JSON", 401: "unknown token", 426: "unknown protocol", 503: "try again after Retry-After"}
SHELF: dict[int, type | str] = {403: "who asks may not", 422: "not to be taken so"}
TIRED: dict[int, type | str] = {429: "too many tries"}

type Door = tuple[type | None, type | None, dict[int, type | str]]
"""What a door reads, what it answers, and what else it may say: a type, or in words."""


def document() -> dict[str, Any]:
    """Return the whole document, OpenAPI 3.1."""
    import django

    django.setup()
    import msgspec  # noqa: I001  # one line, for the length of this function

    from mostrador.api.urls import urlpatterns
    from mostrador.sync import contract, documents, documents_accounts, documents_buyers, documents_coupons, documents_guidance, documents_orders, documents_parked, documents_prices, documents_shelf, documents_vouchers  # fmt: skip

    answers: dict[str, Door] = {
        "pair": (documents.PairRequest, documents.Paired, {404: "unknown code", 410: "code used or expired", **TIRED}),
        "push": (contract.Push, contract.PushAnswer, {**REFUSALS}),
        "ping": (None, documents.Pong, {}),
        "till": (None, documents.TillPart, {}),
        "catalogue": (None, documents.Manifest, {304: "the till has this version (If-None-Match)"}),
        "catalogue/<str:version>/<int:k>": (None, documents.Columns, {404: "no such file"}),
        "changes": (None, documents.Changes, {409: documents.NewEpoch}),
        "lookup": (None, documents.Found, {}),
        "buyers": (None, documents_buyers.Buyers, {404: "no buyer's id"}),
        "buyers/<uuid:buyer_id>/purchases": (None, documents_buyers.Purchases, {}),
        "gift_cards": (None, documents_accounts.GiftCards, {404: "no card's id"}),
        "spend": (documents_accounts.SpendRequest, documents_accounts.Spendable, {400: REFUSALS[400], 404: "no such buyer, or card"}),
        "coupons": (None, documents_coupons.CouponCodes, {404: "no code's id"}),
        "coupon": (documents_coupons.CouponRequest, documents_coupons.CouponAnswer, {400: REFUSALS[400], 404: "no such code", **TIRED}),
        "vouchers": (None, documents_vouchers.VouchersSeen, {404: "no kind's id"}),
        "guidance": (None, documents_guidance.Guidance, {503: "busy: go on with what you have"}),
        "prices": (None, documents_prices.Prices, {503: "busy: say nothing, and charge the price"}),
        "promises": (None, documents_guidance.Promises, {}),
        "orders": (None, documents_orders.Orders, {}),
        "parked": (documents_parked.ParkedRequest, documents_parked.ParkedAnswer, {400: REFUSALS[400]}),
        "claim": (documents_parked.ClaimRequest, documents_parked.ClaimAnswer, {400: REFUSALS[400]}),
        "sold": (None, documents.Sold, {404: "no such ticket here"}),
        "products": (
            documents_shelf.ProductRequest,
            documents_shelf.ProductSaid,
            {400: REFUSALS[400], **SHELF, 404: "no such product", 409: documents_shelf.ProductTaken},
        ),
        "favourites": (
            documents_shelf.FavouritesRequest,
            documents_shelf.FavouritesSaid,
            {400: REFUSALS[400], **SHELF},
        ),
        "stock": (None, documents_shelf.OnHand, {404: "no such product"}),
        "picture/<uuid:product_id>": (None, None, {404: "no picture"}),
    }
    types = {kind for request, answer, others in answers.values() for kind in (request, answer, *others.values()) if isinstance(kind, type)}
    _, schemas = msgspec.json.schema_components({*types, documents.Problem}, ref_template="#/components/schemas/{name}")
    facts = sorted(path.name for path in (ROOT / "contracts/facts").glob("*.json"))
    schemas["Push"]["properties"]["facts"]["items"] = {"oneOf": [{"$ref": f"facts/{name}"} for name in facts]}
    paths: dict[str, Any] = {}
    for pattern in urlpatterns:
        route = str(pattern.pattern).removeprefix("till/v1/")
        request, answer, others = answers[route]
        method = "post" if request else "get"
        paths[f"/api/till/v1/{_braces(route)}"] = {method: _operation(route, pattern.callback.__doc__ or "", request, answer, others)}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Mostrador: the doors of tills", "version": "1", "license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"}},
        "servers": [{"url": "/"}],
        "security": [{"device": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"device": {"type": "http", "scheme": "bearer", "description": "the token that pairing gave"}},
            "schemas": schemas,
        },
    }  # fmt: skip


def _braces(route: str) -> str:
    return route.replace("<str:", "{").replace("<int:", "{").replace("<uuid:", "{").replace(">", "}")


def _operation(route: str, words: str, request: type | None, answer: type | None, others: dict[int, type | str]) -> dict[str, Any]:
    name = (
        "purchases"
        if route.endswith("/purchases")
        else route.partition("/")[0] + ("_file" if "/" in route and route.startswith("catalogue") else "")
    )
    good: dict[str, Any] = {"description": "the answer"}
    kind = "application/x-ndjson" if name == "catalogue_file" else "application/json"  # there one a line
    good["content"] = {kind: {"schema": _ref(answer)}} if answer else {"image/webp": {"schema": {"type": "string"}}}
    operation: dict[str, Any] = {"operationId": name, "summary": words.strip().splitlines()[0], "responses": {"200": good}}
    if request is not None:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": _ref(request)}}}
    for status, said in {401: REFUSALS[401], **others}.items():
        if isinstance(said, type):
            operation["responses"][str(status)] = {"description": "read this", "content": {"application/json": {"schema": _ref(said)}}}
        else:
            problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
            operation["responses"][str(status)] = {"description": said, **({} if status == 304 else {"content": problem})}
    parameters = [_parameter(part) for part in _braces(route).split("/") if part.startswith("{")] + _asked(name)
    if parameters:
        operation["parameters"] = parameters
    if name == "pair":
        operation["security"] = [{}, {"device": []}]  # a code needs no token, a new journal has no code
    return operation


def _ref(kind: type) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{kind.__name__}"}


def _parameter(part: str) -> dict[str, Any]:
    name = part.strip("{}")
    return {"name": name, "in": "path", "required": True, "schema": {"type": "integer" if name == "k" else "string"}}


def _asked(name: str) -> list[dict[str, Any]]:
    """What stands behind the question mark."""
    asked = {
        "changes": (("epoch", "string"), ("n", "integer")),
        "lookup": (("code", "string"), ("q", "string")),
        "buyers": (("after", "string"),),
        "gift_cards": (("after", "string"),),
        "coupons": (("after", "string"),),
        "vouchers": (("kind", "string"), ("number", "string")),
        "sold": (("code", "string"), ("token", "string")),
    }.get(name, ())
    return [{"name": key, "in": "query", "required": name == "changes", "schema": {"type": kind}} for key, kind in asked]


def text() -> str:
    """Return the document as it stands in the file."""
    return json.dumps(document(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    if "--check" not in sys.argv:
        OUT.write_text(text())
    elif OUT.read_text() != text():
        raise SystemExit(f"{OUT.relative_to(ROOT)} is stale: python scripts/openapi.py")
