"""Atención en la caja: which pieces of the strip the tills offer. Nothing of it is needed to sell, and each may go by itself."""

from django.http import HttpResponse

from mostrador.office.desk import Desk, room
from mostrador.office.forms import Form
from mostrador.trust import strip

ADDRESS = "/ajustes/atencion/"


@room("needs")
def pieces(desk: Desk) -> HttpResponse:
    """Show the pieces and what each is for; POST says which the tills offer."""
    form = Form(desk.request.POST, desk.formats)
    if desk.request.method == "POST":
        wanted = desk.request.POST.getlist("piece")
        if form.tried(lambda: strip.offer(desk.actor, pieces=wanted)):
            return desk.done(ADDRESS, "strip.saved")
    hidden = strip.hidden()
    return desk.page(
        "strip.html", status=422 if form.errors else 200, form=form, rows=[(piece, piece not in hidden) for piece in strip.PIECES]
    )
