"""What the office does in a history: begins the business, gives codes, writes into accounts. Runs in the server's process, by the house's own services."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from mostrador.buyers import joining, points
from mostrador.buyers import services as buyers
from mostrador.buyers.models import Buyer
from mostrador.buyers.points import PointsTerms
from mostrador.catalogue import combos, kits, price_lists, promotions
from mostrador.catalogue import services as catalogue
from mostrador.catalogue.models import Product, TaxGroup
from mostrador.catalogue.taxes import seed_taxes
from mostrador.catalogue.terms import Conditions, Pick, PickedPart, Terms
from mostrador.counter import coupon_desk, coupon_queries, voucher_desk
from mostrador.counter.voucher_desk import Saying
from mostrador.kernel import clock, outbox
from mostrador.kernel.actor import Actor, system
from mostrador.kernel.errors import Invalid, NotFound
from mostrador.kernel.models import Outbox
from mostrador.kernel.ready import ready
from mostrador.kernel.scoping import scope
from mostrador.kernel.writing import use_case
from mostrador.people import pairing
from mostrador.people import services as people
from mostrador.people.models import Store
from mostrador.pricing.basket import Reward
from mostrador.stock import services as stock
from mostrador.sync import repair
from mostrador.sync.models import Evidence, EvidenceResolution, JournalEntry, ParkedFact, ParkedResolution
from mostrador.sync.repair import Repair

type Json = dict[str, Any]

# name, price in ten-thousandths, unit, by; each gets the next of the country's tax groups
WARES = (
    ("café", 890_000, "pieza"), ("agua", 185_000, "pieza"), ("jabón", 213_300, "pieza"), ("miel", 333_300, "pieza"), ("frijol", 420_500, "kg"),
    ("queso", 1_680_000, "kg"),
)  # fmt: skip
# Made of others, by their places above: a kit of a coffee and half a kilo, and a combo of a choice and two of another.
OTHERS = (("canasta", 990_000), ("desayuno", 777_700))
# name, how much they may owe
BUYERS = (("Elena", 50_000), ("Tomás", 20_000), ("Irma", 0))
CASH_STEP = 50
# What a till that cannot ask may spend of a gift card, and of points.
CARD_OFFLINE = 6_000
POINTS_OFFLINE = 30
COUPONS_OFFLINE = 1
# Single-use codes that people have as the business begins.
CODES = 4
# How they run out, in turn, after how many months: `weeks go by` in some histories.
LAPSES, LAPSE_MONTHS = ("earned", "moved"), 1
# A point for each of these, in turn; three points are worth 25 cents, and five are spent at least.
EARN_PER = (700, 1_000, 330)
# What vouchers are worth, and what change is given for one at most.
VOUCHERS, CHANGE_MAX = (5_000, 12_345), 3_333


def open_business(told: Json) -> Json:
    """Begin a business with a store, goods, promotions, a price list and buyers; say its id and those of its tills."""
    with use_case():
        actor = people.begin_business(
            name="Historias", country="MX", currency="MXN", timezone="America/Mexico_City", locale="es-MX",
            cash_rounding_step=CASH_STEP, cash_rounding_mode="half_up",
        )  # fmt: skip
        with scope(actor.organization_id):
            seed_taxes(actor, country="MX")
    with scope(actor.organization_id):
        store = people.add_store(actor, code="CENTRO", name="Centro", timezone="America/Mexico_City")
        for name, role in (("Ana", "manager"), ("Rosa", "cashier")):
            people.hire(actor, name=name, role=role)  # type: ignore[arg-type]  # two roles
        tills = [people.add_till(actor, store_id=store.id, code=str(n + 1), name=f"Caja {n + 1}").id for n in range(told["tills"])]
        wares = _stocked(actor)
        _offers(actor, wares)
        combo = _made_of(actor, wares)
        buyers.set_offline_limits(actor, amounts={"gift_card": CARD_OFFLINE, "points": POINTS_OFFLINE, "coupon": COUPONS_OFFLINE})
        codes = _codes(actor, CODES)
        begun = _scheme(actor, 0)
        for name, change in (("de casa", "none"), ("con cambio", "cash"), ("a favor", "credit")):
            voucher_desk.add_kind(
                actor,
                says=Saying(
                    name, values=VOUCHERS, change=change, change_max=CHANGE_MAX, number="may", back="cash" if change == "cash" else "credit"
                ),
            )
        met = [(buyers.add_buyer(actor, contact={"name": name}, fiado_limit=limit).id, limit) for name, limit in BUYERS]
    return {
        "organization": str(actor.organization_id), "tills": [str(till) for till in tills],
        "buyers": [{"buyer": str(buyer), "limit": limit} for buyer, limit in met], "scheme": begun, "combo": combo, "codes": codes,
    }  # fmt: skip


def _scheme(actor: Actor, turn: int) -> Json:
    """Begin a version of the scheme of points: water earns nothing."""
    water = str(Product.objects.values_list("id", flat=True).get(sku="H1"))
    terms = PointsTerms(
        is_on=True,
        earn_per=EARN_PER[turn % len(EARN_PER)],
        worth_points=3,
        worth_amount=25,
        least=5,
        products=(uuid.UUID(water),),
        lapse=LAPSES[turn % 2],
        lapse_months=LAPSE_MONTHS,
    )
    row = points.set_scheme(actor, terms=terms)
    said: Json = {"earn_per": terms.earn_per, "worth_points": 3, "worth_amount": 25, "least": 5, "products": [water]}
    said |= {"lapse": terms.lapse, "lapse_months": LAPSE_MONTHS, "at": clock.to_ms(row.made_at)}
    return {"scheme": str(row.id), "terms": said, "done": True}


def scheme(actor: Actor, told: Json) -> Json:
    """Points are earned otherwise from now on."""
    return _scheme(actor, told["turn"])


def _stocked(actor: Actor) -> list[uuid.UUID]:
    groups = list(TaxGroup.objects.order_by("code").values_list("id", flat=True))
    return [
        catalogue.add_product(
            actor, sku=f"H{n}", name=name, price=price, unit=unit, tax_group_id=groups[n % len(groups)], barcodes=[(f"750000000{n:04}", 1000)]
        ).id
        for n, (name, price, unit) in enumerate(WARES)
    ]  # fmt: skip


def _made_of(actor: Actor, wares: list[uuid.UUID]) -> Json:
    """A kit, and a combo whose second choice costs more; its parts bear different taxes. Say what the combo is."""
    group = TaxGroup.objects.order_by("code").values_list("id", flat=True)[0]
    kit, combo = (
        catalogue.add_product(actor, sku=f"H{name}", name=name, price=price, unit="pieza", tax_group_id=group).id for name, price in OTHERS
    )
    kits.set_components(actor, kit_id=kit, parts=[(wares[0], 1000), (wares[4], 500)])
    drink = combos.Slot("Bebida", (combos.Choice(wares[1]), combos.Choice(wares[0], 123_400)))
    other = combos.Slot("Otra", (combos.Choice(wares[2]), combos.Choice(wares[3])), 2000)
    combos.set_slots(actor, combo_id=combo, says=[drink, other])
    slots = [{"quantity": slot.quantity, "choices": {str(one.product_id): one.extra for one in slot.choices}} for slot in (drink, other)]
    return {"product": str(combo), "price": OTHERS[1][1], "slots": slots}


def _offers(actor: Actor, wares: list[uuid.UUID]) -> None:
    """Three for two of the first, a tenth off the second from two on; from three on, the third for less."""
    three = PickedPart(Pick(products=(str(wares[0]),)), 3)
    promotions.add_promotion(actor, name="3x2", terms=Terms(kind="set", reward=Reward(percent=1_000_000), cheapest=1, parts=(three,)))
    tenth = Terms(kind="each", reward=Reward(percent=100_000), pick=Pick(products=(str(wares[1]),)), least_quantity=2000)
    promotions.add_promotion(actor, name="Diez", terms=tenth)
    row = price_lists.add_list(actor, name="Mayoreo", conditions=Conditions())
    price_lists.set_prices(actor, list_id=row.id, rows=[(wares[2], 3000, 199_900)])


def _codes(actor: Actor, count: int, until: int | None = None) -> list[Json]:
    """Draw single-use codes of a promotion that takes a twentieth off; say them as they are printed."""
    found = [one for one in promotions.promotions() if one.terms.single]
    twentieth = Terms(kind="each", reward=Reward(percent=50_000), pick=Pick(everything=True), single=True)
    promotion = found[0] if found else promotions.add_promotion(actor, name="Volante", terms=twentieth)
    ends = None if until is None else clock.from_ms(until)
    batch = coupon_desk.issue(actor, promotion_id=promotion.id, name="Volantes", count=count, until=ends)
    return [{"id": str(row.id), "code": row.code, "until": until} for row in coupon_queries.listed(batch)]


def coupons(actor: Actor, told: Json) -> Json:
    """Draw more single-use codes."""
    return {"codes": _codes(actor, told["count"], told["until"])}


def void(actor: Actor, told: Json) -> Json:
    """A code is not to be used any more, or again. Refused where a ticket has used it."""
    try:
        coupon_desk.set_void(actor, coupon_id=uuid.UUID(told["coupon"]), void=told["void"])
    except Invalid:
        return {"done": False}
    return {"done": True}


def join(actor: Actor, told: Json) -> Json:
    """Two buyers are one person. Refused where either is joined already, or no till has told of them yet."""
    try:
        joining.join(actor, other_id=uuid.UUID(told["other"]), kept_id=uuid.UUID(told["kept"]))
    except (Invalid, NotFound):
        return {"done": False}
    return {"done": True}


def separate(actor: Actor, told: Json) -> Json:
    """They are two after all."""
    joining.separate(actor, other_id=uuid.UUID(told["other"]))
    return {"done": True}


def code(actor: Actor, told: Json) -> Json:
    """A code that pairs a device with a till."""
    return {"code": pairing.new_code(actor, till_id=uuid.UUID(told["till"]))}


def settle(actor: Actor, _: Json) -> Json:
    """Do what waits for the worker, of this business: the worker takes it as it comes, and a history says when."""
    return _work(actor, _due)


def lapse(actor: Actor, _: Json) -> Json:
    """A day is over: let the worker see what of points has run out, whatever else waits for it."""
    return _work(actor, _lapses_due)


def _work(actor: Actor, due: Callable[[dt.datetime], Any]) -> Json:
    done = 0
    while rows := due(clock.now()):
        groups: dict[str, list[tuple[uuid.UUID, dict[str, object], int]]] = {}
        for topic, row_id, payload, attempts in rows:
            assert not attempts, f"the worker failed at {topic}"
            groups.setdefault(topic, []).append((row_id, payload, attempts))
        done += sum(outbox._work_group(actor.organization_id, topic, outbox._together(group)) for topic, group in groups.items())
    failed = _failed()
    assert not failed, f"the worker failed: {failed}"
    return {"done": done}


@ready
def _due(now: dt.datetime) -> Any:
    due = Outbox.objects.exclude(topic__in=("counter.order_expires", points.TOPIC_LAPSE), due_at__gt=now)
    return due.order_by("due_at", "id").values_list("topic", "id", "payload", "attempts")[: outbox.BATCH]


@ready
def _lapses_due(now: dt.datetime) -> Any:
    due = Outbox.objects.filter(topic=points.TOPIC_LAPSE, due_at__lte=now)
    return due.order_by("due_at", "id").values_list("topic", "id", "payload", "attempts")[: outbox.BATCH]


@ready
def _failed() -> Any:
    return Outbox.objects.filter(attempts__gt=0).values_list("topic", "failed")


def entry(actor: Actor, told: Json) -> Json:
    """Write into an account."""
    if not _is_known(told):
        return {"done": False}
    buyers.write_entry(actor, buyer_id=uuid.UUID(told["buyer"]), account=told["account"], amount=told["amount"], reason="opening")
    return {"done": True}


def limit(actor: Actor, told: Json) -> Json:
    """Say how much a buyer may owe."""
    if not _is_known(told):
        return {"done": False}
    buyers.set_limit(actor, buyer_id=uuid.UUID(told["buyer"]), fiado_limit=told["limit"])
    return {"done": True}


def _is_known(told: Json) -> bool:
    """Whether a till has told of this buyer yet."""
    return Buyer.objects.filter(id=uuid.UUID(told["buyer"])).exists()


def goods(actor: Actor, told: Json) -> Json:
    """Goods come in, or are counted away."""
    store = Store.objects.values_list("id", flat=True).get()
    stock.adjust(actor, store_id=store, product_id=uuid.UUID(told["product"]), quantity=told["quantity"], reason="correction")
    return {"done": True}


def price(actor: Actor, told: Json) -> Json:
    """A product costs something else from now on."""
    catalogue.set_price(actor, product_id=uuid.UUID(told["product"]), price=told["price"])
    return {"done": True}


def admit(actor: Actor, _: Json) -> Json:
    """Let in whatever fitted no chain, in the order in which it came; what cannot be let in, and what is parked, is left on record."""
    admitted, left = list[str](), list[str]()
    done = {(row.journal_id, row.digest) for row in EvidenceResolution.objects.all()}
    kept = [(row.journal_id, row.digest) for row in Evidence.objects.order_by("received_at", "journal_id", "seq")]
    for journal_id, digest in dict.fromkeys(one for one in kept if one not in done):
        try:
            repair.admit(actor, journal_id=journal_id, digest=digest, how=Repair("retry", "historia"))
            admitted.append(digest)
        except repair.StillFaulty:
            repair.admit(actor, journal_id=journal_id, digest=digest, how=Repair("leave", "historia"))
            left.append(digest)
    decided = set(ParkedResolution.objects.values_list("journal_id", "seq"))
    for parked in ParkedFact.objects.order_by("journal_id", "seq"):
        if (parked.journal_id, parked.seq) not in decided:
            repair.repair(actor, journal_id=parked.journal_id, seq=parked.seq, how=Repair("leave", "historia"))
            left.append(bytes(JournalEntry.objects.get(journal_id=parked.journal_id, seq=parked.seq).hash).hex())
    return {"admitted": admitted, "left": left}


ACTS: dict[str, Callable[[Actor, Json], Json]] = {
    "code": code,
    "coupons": coupons,
    "void": void,
    "join": join,
    "separate": separate,
    "settle": settle,
    "lapse": lapse,
    "entry": entry,
    "limit": limit,
    "goods": goods,
    "scheme": scheme,
    "price": price,
    "admit": admit,
}


def act(what: str, told: Json) -> Json:
    """Do what a history asks of the office, in its business."""
    if what == "open":
        return open_business(told)
    organization = uuid.UUID(told["organization"])
    with scope(organization):
        return ACTS[what](system(organization), told)
