"""The office for tests in a browser: a shop that has sold for a day, and somebody signed in by the form."""

import datetime as dt
import hashlib
import uuid
from dataclasses import replace
from typing import Any

from playwright.sync_api import BrowserContext, Page

from mostrador.buyers import joining, points
from mostrador.buyers import services as buyers
from mostrador.buyers.points import PointsTerms
from mostrador.catalogue import combos, modifiers, price_lists, promotions
from mostrador.catalogue import services as catalogue
from mostrador.catalogue.combos import Choice, Slot
from mostrador.catalogue.models import TaxGroup
from mostrador.catalogue.modifiers import Option, Saying
from mostrador.catalogue.terms import Conditions, Pick, Terms
from mostrador.config.worker import drain
from mostrador.counter import coupon_desk, coupon_queries, unknown_code_desk, unknown_codes, voucher_desk
from mostrador.counter.gift_card_queries import code_hash
from mostrador.counter.models import Visit
from mostrador.kernel import clock
from mostrador.kernel.scoping import scope
from mostrador.pricing.basket import Reward
from mostrador.rights import terms
from mostrador.sync.cashier import Extras, Ordered
from mostrador.trust import claim_desk, claim_topics, incentives, need_chips, places, promise_chips, sample_goods, samples, sheets
from mostrador.trust.claim_fold import Statement
from mostrador.trust.sample_models import Sample, SampleCost
from mostrador.trust.sheets import Draft
from scripts.shots_office import Shown, sign_in
from tests.flows.office import PASSWORD, member
from tests.sync.shop import DAY, Business, Till, a_business

SECRET = "Zm9vYmFyYmF6cXV4MTIzNA"
ORDER_SECRET = "b3JkZXJvcmRlcm9yZGVyMQ"
CARD_SECRET = "Y2FyZGNhcmRjYXJkY2FyZA"


def plain_files(settings: Any) -> None:
    """Serve style sheets under their own names: no test collects them."""
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


def here(shown: Shown) -> Shown:
    """A page of the pictures in the shop of these tests."""
    address = shown.address.replace("cafe+olla", "coffee")
    return replace(shown, address=f"{address}?desde={DAY}&hasta={DAY}" if address == "/devoluciones/" else address)


def _coupons(business: Business) -> tuple[str, list[str]]:
    """A promotion of single-use codes, one of them void: its version, and the codes' ids."""
    terms = Terms(kind="each", reward=Reward(percent=100_000), pick=Pick(everything=True), single=True)
    fair = promotions.add_promotion(business.actor, name="Feria", terms=terms)
    batch = coupon_desk.issue(business.actor, promotion_id=fair.id, name="Volantes del mercado", count=12)
    ids = [row.id for row in coupon_queries.listed(batch)]
    coupon_desk.set_void(business.actor, coupon_id=ids[-1], void=True)
    return str(fair.version_id), [str(one) for one in ids]


def _helped(till: Till) -> None:
    """Somebody is helped and buys nothing, and somebody else says what they came for, in words of the owner, and is sent to who has it."""
    till.end_without_sale()
    _asked_for(till)
    with scope(till.business.id):
        chip = need_chips.add_chip(till.business.actor, says=need_chips.Saying("Un regalo", Pick(everything=True)))
        promise = promise_chips.add_chip(till.business.actor, says=promise_chips.Saying("Pedirlo para usted", 3))
    body = {"shift": till.cashier.shift, "chip": str(chip), "origin": "buyer_said"}
    visit = till.visit()
    till._wrote(till.device.fact("need.stated", body, till.now(), visit.document()))
    with scope(till.business.id):
        _gives(till.business)
        day = clock.now().date() - dt.timedelta(days=200)
        place = places.propose(
            till.business.actor, facts=places.Facts("Zapatería Ruiz", "Arreglo de zapatos", "we_lack_it", phone="951 555 0199"), today=day
        )
        incentives.add(
            till.business.actor, product_id=uuid.UUID(till.business.products["water"]), says="El proveedor nos da una caja por cada diez"
        )
    shelf = {"shift": till.cashier.shift, "product": till.business.products["water"], "shelf_price": 170_000, "till_price": 185_000}
    till._wrote(till.device.fact("shelf_price.stated", shelf, till.now(), visit.document()))
    promised = {"shift": till.cashier.shift, "chip": str(promise), "due": DAY, "product": till.business.products["coffee"]}
    till._wrote(till.device.fact("promise.made", {"promise": str(uuid.uuid4()), **promised}, till.now(), visit.document()))
    said = {"kind": "other_shop", "reason": "we_lack_it", "target": str(place), "eligible": [], "inputs": [], "ranker": 1}
    till._wrote(till.device.fact("recommendation.made", {"shift": till.cashier.shift, **said}, till.now(), visit.document()))


def _said_of(business: Business, till: Till) -> None:
    """What the shop says of a product, and has put right in public since; and what buyers ask."""
    product = uuid.UUID(business.products["coffee"])
    drafts = (
        Draft("strength", "Recién tostado cada semana", "own_use", ("defective",)),
        Draft("limit", "Amargo si se hierve", "returns_data"),
    )
    with scope(business.id):
        with clock.at(clock.from_ms(till.at)):
            sheets.publish(business.actor, product_id=product, drafts=drafts, seen=0)
        point = sheets.versions([product]).of(product)[0].points[0]
        claim_desk.correct(business.actor, statement=Statement(product, point.id, "yes"), says="Se tuesta cada dos semanas")
        claim_topics.add_topic(business.actor, name="¿Aguanta el calor?")


def _sold_and_brought_back(till: Till) -> None:
    """A purchase that SECRET opens, of which a piece comes back."""
    digest = hashlib.sha256(SECRET.encode()).hexdigest()
    sold = till.sell(("coffee", 2000), ("tomato", 750), extras=Extras(tokens=({"kind": "ticket", "hash": digest},)))
    till.take_back(sold, (0, 1000))


def _sampled(till: Till) -> None:
    """Something was given to try this month, above what the store may spend on it: told what it contains, and from a lot, noted afterwards."""
    business, now = till.business, clock.now()
    coffee = uuid.UUID(business.products["coffee"])
    with scope(business.id):
        sample_goods.add(business.actor, product_id=coffee, says=sample_goods.Saying(20, "leche", 1))
        samples.set_budget(business.actor, store_id=business.store_id, amount=100, month=now.date())
        for n, lot in enumerate(("", "L-7")):
            row = Sample.objects.create(
                organization_id=business.id, fact_id=uuid.uuid4(), visit_id=Visit.objects.values_list("id", flat=True)[0], store_id=business.store_id, journal_id=uuid.UUID(till.journal),
                is_late=n == 1, at=now, product_id=coffee, quantity=1000, lot=lot, is_told=True,
            )  # fmt: skip
            SampleCost.objects.create(organization_id=business.id, fact_id=row.fact_id, unit_cost=400_000)


def _asked_for(till: Till) -> None:
    """What nobody carries was scanned while somebody was helped, lately; of one code nothing is told any more."""
    fact, at = till.end_without_sale(), clock.now_ms() - 3_600_000
    with scope(till.business.id):
        codes = ("7501030459941", "ZAP-38.N", "7500000000001")
        unknown_codes.keep(till.business.id, [unknown_codes.Said(str(till.business.store_id), fact["id"], at, codes)])
        unknown_code_desk.silence(till.business.actor, code=codes[2], silenced=True)


def _gives(business: Business) -> None:
    """The shop takes goods back out of courtesy, and one of them is of the kind that is repaired."""
    with clock.at(clock.now() - dt.timedelta(days=3650)):
        terms.say(business.actor, sayings=[terms.Saying("voluntary_return", 30, "days", "Sin abrir y con ticket")])
        coffee = uuid.UUID(business.products["coffee"])
        terms.say(
            business.actor,
            sayings=[terms.Saying("goods", goods="durable"), terms.Saying("commercial_guarantee", 12, "months")],
            product_id=coffee,
        )


def open_shop() -> Business:
    """A shop with a day of sales, one of them parked, one on account, a till whose journal broke, one that is gone with its shift open, and a buyer who has a secret."""
    business = a_business("MX")
    with scope(business.id):
        catalogue.add_category(business.actor, name="Bebidas", picto="botella", tint="cielo")
        promotions.add_promotion(
            business.actor, name="Martes", terms=Terms(kind="each", reward=Reward(percent=50_000), pick=Pick(everything=True))
        )
        fair, codes = _coupons(business)
        milk = (Option(None, "Entera", is_default=True), Option(None, "Avena", 80_000))
        modifiers.add_group(business.actor, says=Saying("Leche", 1, 1, Pick(products=(business.products["coffee"],)), milk))
        buyers.add_group(business.actor, name="Mayoreo")
        scheme = points.set_scheme(business.actor, terms=PointsTerms(is_on=True)).id
        price_lists.add_list(business.actor, name="Mayoreo", conditions=Conditions())
        group = TaxGroup.objects.values_list("id", flat=True)[0]
        made = catalogue.add_product(business.actor, sku="COM-1", name="Combo", price=800_000, tax_group_id=group)
        slot = Slot("Bebida", (Choice(uuid.UUID(business.products["coffee"])), Choice(uuid.UUID(business.products["water"]), 50_000)))
        combos.set_slots(business.actor, combo_id=made.id, says=[slot])
        kind = str(voucher_desk.add_kind(business.actor, says=voucher_desk.Saying("Despensa", "Emisora", (10_000, 20_000), number="may")))
    till: Till = business.till()
    till.open_shift()
    _said_of(business, till)
    _sold_and_brought_back(till)
    _helped(till)
    buyer = till.meet("Lucía Ñandú", phone="951 555 0102", consent=["whatsapp"])
    till.sell(("coffee", 1000), method="fiado", extras=Extras(buyer=buyer, points={"scheme": str(scheme), "earned": 8, "spent": 0}))
    till.pay_account(buyer, ("cash", 5_000))
    page = hashlib.sha256(CARD_SECRET.encode()).hexdigest()
    card = {"id": till.device.ids(till.now()), "amount": 50_000, "code": code_hash("GC-0123-4567-89AB-CDEF").hex(), "page": page}
    till.sell(("water", 1000), gift_cards=[card])
    for _ in range(2):  # the same number twice: one of them is no voucher of its issuer
        slips = {"kind": kind, "name": "Despensa", "slips": [{"value": 10_000, "number": "F-7"}], "surplus": 1_100}
        till.sell(("coffee", 1000), payments=[{"method": "voucher", "amount": 8_900, "voucher": slips}])
    lowers = {"id": fair, "name": "Feria", "kind": "each", "reward": {"percent": 100_000}, "lines": ["1"]}
    for code in (codes[0], codes[1], codes[1]):  # one of them twice, as tills without internet may
        till.sell(("coffee", 1000), promotions=[lowers], extras=Extras(coupons=[{"id": code, "promotion": fair}]))
    basket = till.basket(("coffee", 1000))
    basket["payments"] = []
    due, token = clock.now() + dt.timedelta(days=30), {"kind": "ticket", "hash": hashlib.sha256(ORDER_SECRET.encode()).hexdigest()}
    layaway = Ordered("layaway", due.date().isoformat(), 0, buyer, None, (token,))
    till._wrote(till.cashier.order(till.visit(), layaway, basket, till.now()))
    body = till.sale_body(("water", 1000))
    body["basket"]["lines"][0]["product_id"] = "01a21078-0000-7000-8000-000000000000"
    till.write_sale(body)
    till.close_shift()
    till.push(annexes=till.annexes)
    _sampled(till)
    broken = business.till()
    broken.open_shift()
    broken.push()
    broken.sell(("coffee", 1000))
    broken.push_as(broken.journal_facts[-1:], head=None)
    gone = business.till()
    gone.open_shift()
    gone.push()
    business.revoke(gone)
    add_twins(business, uuid.UUID(buyer))
    return business


def add_twins(business: Business, buyer: uuid.UUID) -> None:
    """Let two more have the telephone of a buyer whom a till met: one looks like her, the other is her."""
    drain()
    with scope(business.id):
        _, twin = [buyers.add_buyer(business.actor, contact={"name": name, "phone": "+52 951 555 0102"}) for name in ("Lucía Ñ.", "Lucha")]
        joining.join(business.actor, other_id=twin.id, kept_id=buyer)


def signed_in(context: BrowserContext, url: str, business: Business, language: str = "es") -> Page:
    """A page of the office, signed in by its form."""
    email, _ = member(business)
    page = context.new_page()
    sign_in(page, url, email, PASSWORD, language)
    return page
