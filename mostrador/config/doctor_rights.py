"""What `mostrador doctor` says of the rule packs: how many buyers are told of, how many nobody has checked yet, and each that was checked too long ago."""

from collections.abc import Iterator

from mostrador.config.finding import Finding
from mostrador.config.wording import say
from mostrador.kernel import clock
from mostrador.kernel.scoping import current_organization


def rights() -> Iterator[Finding]:
    """Yield the rules in force that are said no more because nobody has read their source for a year, and how many there are."""
    from mostrador.people import queries as people
    from mostrador.rights import pack

    country, today = people.business(current_organization()).country, clock.now().date()
    held = [one for one in pack.rules(country) if one.holds_on(today)]
    for rule in held:
        if rule.is_stale(today):
            name, day = f"{country} {rule.id} ({rule.law})", rule.checked_on
            text = say(
                f"{name}: comprobada el {day}, hace demasiado; no se dice.", f"{name}: checked on {day}, too long ago; it is not said."
            )
            yield Finding("warning", "rights", text)
    unchecked = sum(not one.is_checked() for one in held)
    yield Finding("ok", "rights", say(f"{len(held)} reglas, {unchecked} sin comprobar", f"{len(held)} rules, {unchecked} unchecked"))
