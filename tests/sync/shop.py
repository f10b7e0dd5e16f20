"""Two businesses and a stranger, made by the services of the house; tills that write and push as real ones do, through the real door."""

import hashlib
import itertools
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.test import Client

from mostrador.catalogue import services as catalogue
from mostrador.catalogue.models import TaxGroup
from mostrador.catalogue.taxes import seed_taxes
from mostrador.config.worker import drain
from mostrador.kernel.actor import Actor
from mostrador.kernel.scoping import scope
from mostrador.kernel.writing import use_case
from mostrador.people import pairing
from mostrador.people import services as people
from mostrador.people.models import Device as DeviceRow
from mostrador.pricing.document import price_document, refund_document
from mostrador.sync.cashier import NOTHING, Back, Cashier, Extras, Visit
from mostrador.sync.cashier_rows import whole
from mostrador.sync.device import Annex, Device, Place, canonical, named_id, private_key_from, seeded_ids

type Json = dict[str, Any]

OPENED = 1_764_079_200_000  # 25 November 2025, 08:00 in Mexico City
DAY = "2025-11-25"
API = "/api/till/v1/"
TAXES = [
    {"code": "IVA16", "kind": "percent", "rate": 160_000, "in_base": False},
    {"code": "IVA0", "kind": "percent", "rate": 0, "in_base": False},
]
# name: tax group, unit price in ten-thousandths, unit
WARES = {"coffee": ("IVA16", 890_000, "pieza"), "water": ("IVA16", 185_000, "pieza"), "tomato": ("IVA0", 380_000, "kg")}
_numbers = itertools.count(1)
# One for all threads: each would read the list of static files anew, and the doors of tills know no cookies. An error of ours is an
# answer with 500, as on the wire: raised, it would reach whichever thread asks next.
_client = Client(raise_request_exception=False)


def call(method: str, door: str, token: str | None = None, body: bytes | None = None, **headers: str) -> HttpResponse:
    """Knock at a door of tills. `door`: what comes after /api/till/v1/."""
    if token is not None:
        headers["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    answer: Any = _client.generic(method, API + door, body or b"", "application/json", **headers)  # type: ignore[arg-type]  # headers as the WSGI environment names them
    return answer  # type: ignore[no-any-return]  # the client's answer is Django's with extras


def document(answer: HttpResponse) -> Json:
    """The JSON of an answer."""
    read: Json = json.loads(answer.content)
    return read


@dataclass(slots=True)
class Business:
    """A business with one store, three products on its shelves, and as many tills as a test pairs."""

    actor: Actor
    store_id: uuid.UUID
    products: dict[str, str]
    currency: str
    manager: str
    cashier: str

    @property
    def id(self) -> uuid.UUID:
        """The business's id."""
        return self.actor.organization_id

    def new_code(self) -> str:
        """A pairing code of a new till."""
        with scope(self.id):
            till = people.add_till(self.actor, store_id=self.store_id, code=f"T{next(_numbers)}", name="Caja")
            return pairing.new_code(self.actor, till_id=till.id)

    def till(self, name: str = "till") -> "Till":
        """A newly paired till that has written `journal.opened`, not sent yet."""
        return Till.pair(self, self.new_code(), name)

    def revoke(self, till: "Till") -> None:
        """Take a till's right to pull, as the office does."""
        with scope(self.id):
            pairing.revoke(self.actor, device_id=uuid.UUID(till.journal))

    def device(self, till: "Till") -> DeviceRow:
        """The row of a till's device."""
        with scope(self.id):
            return DeviceRow.objects.get(id=uuid.UUID(till.journal))


def a_business(country: str = "MX") -> Business:
    """Open a business: Mexico in pesos, Spain in euros. Both price with the Mexican taxes of TAXES: rates are the fact's own."""
    currency, timezone = {"MX": ("MXN", "America/Mexico_City"), "ES": ("EUR", "Europe/Madrid")}[country]
    with use_case():
        actor = people.begin_business(
            name=f"Tienda {country}", country=country, currency=currency, timezone=timezone, locale=f"es-{country}"
        )
        with scope(actor.organization_id):
            seed_taxes(actor, country=country)
            store = people.add_store(actor, code="CENTRO", name="Centro", timezone=timezone)
            manager, cashier = (people.hire(actor, name=name, role=role) for name, role in (("Ana", "manager"), ("Rosa", "cashier")))  # type: ignore[arg-type]  # two roles
    with scope(actor.organization_id):
        group = TaxGroup.objects.order_by("code").values_list("id", flat=True)[0]
        products = {
            name: str(
                catalogue.add_product(actor, sku=name, name=name, price=price, tax_group_id=group, unit=unit, barcodes=[(name, 1000)]).id
            )
            for name, (_, price, unit) in WARES.items()
        }
    drain()
    return Business(actor, store.id, products, currency, str(manager.id), str(cashier.id))


def back_line(sale: Json, n: int, quantity: int, before: Json | None = None, **more: Any) -> Json:
    """A line of a sale's fact that comes back, or a part of it."""
    line, totals = sale["body"]["basket"]["lines"][n], sale["body"]["totals"]["lines"][n]
    return {
        "id": line["id"], "quantity": quantity, "sold": {"quantity": line["quantity"], "gross": totals["gross"], "taxes": totals["taxes"]},
        "before": before, "line": n, "reason": "defective", "goods": "shelf", "product_id": line["product_id"], "name": line["name"],
        "unit": line["unit"], **{name: line[name] for name in ("factor", "serial", "lot") if name in line}, **more,
    }  # fmt: skip


@dataclass(slots=True)
class Till:
    """A till's side: its pen, its cashier, what it wrote, how much of that the server has acknowledged."""

    business: Business
    token: str
    device: Device
    cashier: Cashier
    journal_facts: list[bytes] = field(default_factory=list)
    annexes: list[Annex] = field(default_factory=list)
    sent: int = 0
    at: int = OPENED

    @classmethod
    def pair(cls, business: Business, code: str, name: str) -> "Till":
        """Pair a device through the door and open its journal."""
        key = f"{name}-{next(_numbers)}"
        device = Device(named_id(OPENED, key), private_key_from(key), "", ids=seeded_ids(key))
        answer = call("POST", "pair", body=canonical({"code": code, "journal": device.journal, "public_key": device.public_key}))
        assert answer.status_code == 200, answer.content
        return cls._opened(business, device, document(answer))

    @classmethod
    def _opened(cls, business: Business, device: Device, paired: Json) -> "Till":
        device.series = paired["series"]
        cashier = Cashier(device, business.currency, price_document)
        cashier.staff = business.cashier
        till = cls(business, paired["token"], device, cashier)
        place = Place(paired["organization"], paired["store"], paired["till"])
        head = paired["server_head"]
        till._wrote(device.opening(place, OPENED, (paired["replaces"], head["seq"], head["hash"]) if head else None))
        return till

    def reopen(self) -> "Till":
        """Go on with a new journal on the same till, by the token, as a till does that was told so."""
        key = f"again-{next(_numbers)}"
        device = Device(named_id(OPENED, key), private_key_from(key), "", ids=seeded_ids(key))
        wanted = {"code": None, "journal": device.journal, "public_key": device.public_key, "replaces": self.journal}
        answer = call("POST", "pair", self.token, canonical(wanted))
        assert answer.status_code == 200, answer.content
        return Till._opened(self.business, device, document(answer))

    @property
    def journal(self) -> str:
        """The journal's id, which is the device's."""
        return self.device.journal

    @property
    def shift(self) -> str:
        """The id of the shift that is open."""
        return self.cashier.shift

    def now(self) -> int:
        """The next second of the till's clock."""
        self.at += 1000
        return self.at

    def _wrote(self, data: bytes) -> Json:
        self.journal_facts.append(data)
        read: Json = json.loads(data)
        return read

    # --- acts ---

    def open_shift(self, opening_float: int = 50_000) -> Json:
        """Open a shift on DAY."""
        return self._wrote(self.cashier.open_shift(DAY, opening_float, self.now()))

    def basket(self, *wares: tuple[str, int], method: str = "cash", **more: object) -> Json:
        """A basket of (ware, thousandths) paid exactly by one method; `more` replaces whole properties."""
        lines = [self.line(str(n), name, quantity) for n, (name, quantity) in enumerate(wares, 1)]
        made: Json = {
            "version": 1, "currency": {"code": self.business.currency, "digits": 2}, "prices_include_tax": True, "tax_rounding": "line",
            "cash_rounding": None, "taxes": TAXES, "lines": lines, "discount": None, "tip": 0, "payments": [], **more,
        }  # fmt: skip
        if not made["payments"]:
            made["payments"] = [{"method": method, "amount": price_document(made)["missing"]}]
        return made

    def line(self, identifier: str, name: str, quantity: int) -> Json:
        """A line of one of the shop's products."""
        tax, price, unit = WARES[name]
        return {
            "id": identifier, "quantity": quantity, "unit_price": price, "discount": None, "taxes": [tax],
            "product_id": self.business.products[name], "name": name, "unit": unit, "note_annex": None,
        }  # fmt: skip

    def visit(self) -> Visit:
        """A visit that begins now."""
        at = self.now()
        return Visit(self.device.ids(at), at)

    def sell(self, *wares: tuple[str, int], extras: Extras = NOTHING, method: str = "cash", **more: object) -> Json:
        """Sell (ware, thousandths) and return the fact."""
        return self.sell_basket(self.basket(*wares, method=method, **more), extras)

    def sell_basket(self, basket: Json, extras: Extras = NOTHING) -> Json:
        """Sell a basket and return the fact."""
        return self._wrote(self.cashier.sell(self.visit(), basket, self.now(), extras))

    def take_back(self, sale: Json | None, *parts: tuple[int, int], method: str = "cash", **more: Any) -> Json:
        """Take back (place of the line, thousandths) of a sale's fact, refunded exactly by one method; `more` replaces what a Back has."""
        lines = (
            [back_line(sale, n, quantity, more.get("before", {}).get(n), **more.get("line", {})) for n, quantity in parts]
            if sale
            else more["lines"]
        )
        currency = {"code": self.business.currency, "digits": 2}
        due = refund_document({"version": 1, "currency": currency, "lines": lines})["gross"]
        back = Back(
            lines, more.get("refunds", [{"method": method, "amount": due}]), currency, sale["body"] if sale else None, more.get("knew", ()),
            approvals=more.get("approvals", ()), buyer=more.get("buyer"), paper=more.get("paper"), points=more.get("points"),
        )  # fmt: skip
        return self._wrote(self.cashier.take_back(more.get("visit") or self.visit(), back, self.now()))

    def meet(self, name: str, **more: object) -> str:
        """Write a buyer down and return their id."""
        buyer, annex_id = self.device.ids(self.now()), self.device.ids(self.now())
        text = json.dumps({"name": name, **more}, ensure_ascii=False)
        annex = Annex(annex_id, self.device.ids(self.now()), b"0123456789abcdef", text)
        self.annexes.append(annex)
        self._wrote(self.cashier.meet(buyer, annex_id, self.now(), [annex]))
        return buyer

    def pay_account(self, buyer: str, *tendered: tuple[str, int], change: int = 0) -> Json:
        """Take what a buyer pays on account: (method, amount handed over)."""
        rows = [{"method": method, "amount": amount} for method, amount in tendered]
        return self._wrote(self.cashier.pay_account(self.visit(), buyer, rows, change, self.now()))

    def end_without_sale(self, visit: Visit | None = None, **more: Any) -> Json:
        """A visit that needed no sale."""
        return self._wrote(self.cashier.end_without_sale(visit or self.visit(), self.now(), **more))

    def move_cash(self, direction: str, amount: int) -> Json:
        """Cash in or out."""
        return self._wrote(self.cashier.move_cash(direction, amount, "safe", self.now()))

    def open_drawer(self) -> Json:
        """Open the drawer."""
        return self._wrote(self.cashier.open_drawer("give_change", self.now()))

    def approve(self) -> Json:
        """The manager approves a discount."""
        return self._wrote(self.cashier.approve(self.business.manager, "discount", 1_000, "damaged", self.now())[1])

    def reprint(self, sale: Json, hashes: Sequence[str] = (), kind: str = "reprint") -> Json:
        """Print the ticket of a sale's fact again, or as a gift ticket."""
        tokens = [{"kind": kind, "hash": digest} for digest in hashes]
        return self._wrote(self.cashier.reprint(sale["body"]["sale"], self.now(), tokens))

    def close_shift(self, cash: Mapping[int, int] | None = None) -> Json:
        """Count and close."""
        return self._wrote(self.cashier.close_shift(self.now(), cash))

    def whole_day(self) -> list[Json]:
        """One of every kind of fact but a return, in the order of a day."""
        opened = self.open_shift()
        sold = self.sell(("coffee", 2000), ("tomato", 750))
        return [
            opened, sold, self.sell(("water", 1000), method="card"), self.end_without_sale(), self.move_cash("in", 2_000),
            self.move_cash("out", 1_500), self.open_drawer(), self.approve(), self.reprint(sold), self.close_shift(),
        ]  # fmt: skip

    # --- facts that no till would write ---

    def write(self, kind: str, body: object, **envelope: object) -> Json:
        """Write a fact as given: its place in the chain is right, nothing else is looked at."""
        at = self.now()
        made = {
            "id": self.device.ids(at), "journal": self.journal, "seq": self.device.seq + 1, "prev": self.device.head, "kind": kind, "v": 1,
            "at": at, "staff": None, "body": body, **envelope,
        }  # fmt: skip
        return self.chain(canonical(made))

    def unwrite(self) -> None:
        """Take the last paper back, as if it had not been written: another fact takes its place."""
        self.journal_facts.pop()
        self.device.seq -= 1
        self.device.head = hashlib.sha256(self.journal_facts[-1]).hexdigest()
        self.cashier.number -= 1

    def chain(self, data: bytes) -> Json:
        """Put bytes on the chain as they are."""
        self.device.seq += 1
        self.device.head = hashlib.sha256(data).hexdigest()
        return self._wrote(data)

    def sale_body(self, *wares: tuple[str, int], **more: object) -> Json:
        """The body of the sale that would be next; `more` replaces whole properties."""
        basket = more.get("basket") or self.basket(*(wares or (("coffee", 1000),)))
        return {
            "sale": self.device.ids(self.at), "shift": self.shift, "series": self.device.series, "number": self.cashier.number + 1,
            "basket": basket, "totals": price_document(basket), "references": [], "tokens": [], "approvals": [], "catalogue": None, **more,
        }  # fmt: skip

    def write_sale(self, body: Json, **envelope: object) -> Json:
        """Write a sale of any body, in a visit of its own."""
        return self.write("sale.recorded", body, **{"visit": self.visit().document(), **envelope})

    # --- the wire ---

    def push(self, facts: Sequence[bytes] | None = None, annexes: Sequence[Annex] = ()) -> Json:
        """Send facts (all that were not sent yet), signed, and return the answer."""
        batch = self.journal_facts[self.sent :] if facts is None else facts
        answer = self.post(self.device.push_body(batch, annexes))
        assert answer.status_code == 200, answer.content
        if facts is None:
            self.sent = len(self.journal_facts)
        return document(answer)

    def push_as(self, facts: Sequence[bytes], **replaced: object) -> Json:
        """Send facts in a push of which some properties are others, or (`...`) absent."""
        made: Json = {"protocol": 1, "journal": self.journal, "head": None, "annexes": []}
        if facts and "head" not in replaced:
            made["head"] = json.loads(self.device.push_body(facts[-1:]))["head"]
        rest = {name: value for name, value in (made | replaced).items() if value is not ...}
        body = b'{"facts":[' + b",".join(facts) + b"]," + canonical(rest)[1:]
        answer = self.post(body)
        assert answer.status_code == 200, answer.content
        return document(answer)

    def post(self, body: bytes) -> HttpResponse:
        """Post a body to the push door."""
        return call("POST", "push", self.token, body)

    def pull(self, door: str, **headers: str) -> HttpResponse:
        """Get a door with this till's token. `headers`: as the WSGI environment names them."""
        return call("GET", door, self.token, None, **headers)

    def ping(self) -> Json:
        """What the ping says."""
        return document(self.pull("ping"))

    def saved(self, **header: object) -> bytes:
        """The journal as the file that a till saves; `header` replaces properties of its first line."""
        first = json.loads(self.journal_facts[0])["body"]
        head = {"seq": self.device.seq, "hash": self.device.head, "signature": self.device.sign(self.device.seq, self.device.head)}
        lines = [
            canonical({
                "format": "mostrador-journal-v1", "journal": self.journal, "organization": first["organization"], "till": first["till"],
                "series": self.device.series, "public_key": self.device.public_key, "from": 1, "to": self.device.seq,
                "facts": len(self.journal_facts), "annexes": len(self.annexes), "saved_at": OPENED, **header,
            }),
            *self.journal_facts,
            *(canonical({"annex": annex.document()}) for annex in self.annexes),
            canonical({"head": head}),
        ]  # fmt: skip
        return b"".join(line + b"\n" for line in lines)

    def annex(self, text: str) -> Annex:
        """A text for the next fact, remembered for the saved journal."""
        at = self.at + 1
        made = Annex(self.device.ids(at), self.device.ids(at), hashlib.sha256(text.encode()).digest()[:16], text)
        self.annexes.append(made)
        return made


def states(answer: Json) -> list[str]:
    """The states of an answer, in its order."""
    return [one["state"] for one in answer["answers"]]


def reasons(answer: Json) -> list[str | None]:
    """The reasons of an answer, in its order."""
    return [one["reason"] for one in answer["answers"]]


def gross_of(fact: Json) -> int:
    """What a sale's fact came to, minor units."""
    return whole(fact["body"]["totals"]["gross"])
