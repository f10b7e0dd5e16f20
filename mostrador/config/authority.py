"""`/autoridad.crt`: the authority's certificate, for devices that are to trust this server (`mostrador run --tls`)."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from mostrador.config import tls


@require_safe
def authority(_request: HttpRequest) -> HttpResponse:
    """The certificate, to be installed by whoever opens it; 404 where none was made. It is public: its key never leaves the data folder."""
    path = tls.authority_file()
    if not path.exists():
        return HttpResponse("mostrador run --tls", status=404, content_type="text/plain; charset=utf-8")
    headers = {"Content-Disposition": 'attachment; filename="mostrador-autoridad.crt"', "Cache-Control": "no-store"}
    return HttpResponse(path.read_bytes(), content_type="application/x-x509-ca-cert", headers=headers)
