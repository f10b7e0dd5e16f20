"""What stands in front of every door."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.csp import CSP, build_policy
from django.utils.module_loading import import_string

type Door = Callable[[HttpRequest], HttpResponse]

TILLS = "/api/"
# The worker of the till that reads codes in pictures of the camera (docs/adr/0030).
CODE_READER = "/till/assets/code_reader-"


def common_headers(get_response: Door) -> Door:
    """Tell robots to stay away from everything, and browsers what this site may use."""

    def door(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("X-Robots-Tag", "noindex")
        response.headers.setdefault("Permissions-Policy", "camera=(self), geolocation=(), microphone=()")
        if request.path.startswith(CODE_READER):
            # A worker stands under the policy of its own file: this one runs WebAssembly and nothing else, and no page of ours may.
            policy: dict[str, list[str]] = {**settings.SECURE_CSP, "script-src": [str(CSP.SELF), str(CSP.WASM_UNSAFE_EVAL)]}
            response.headers[str(CSP.HEADER_ENFORCE)] = build_policy(policy)
        return response

    return door


def behind_proxy(get_response: Door) -> Door:
    """Believe the proxy who calls: the last address that it wrote down is the one that called it. Only with MOSTRADOR_PROXY."""

    def door(request: HttpRequest) -> HttpResponse:
        caller = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if caller:
            request.META["REMOTE_ADDR"] = caller
        return get_response(request)

    return door


def for_people(get_response: Door) -> Door:
    """Put sessions, language and the rest of PEOPLE_MIDDLEWARE before every door but those of tills.

    Only middleware that works around the call: hooks such as process_view are run by Django itself, for settings.MIDDLEWARE.
    """
    people = get_response
    for name in reversed(settings.PEOPLE_MIDDLEWARE):
        made = import_string(name)
        assert not hasattr(made, "process_view"), f"{name} acts in process_view: it belongs in MIDDLEWARE"
        people = made(people)

    def door(request: HttpRequest) -> HttpResponse:
        return get_response(request) if request.path.startswith(TILLS) else people(request)

    return door
