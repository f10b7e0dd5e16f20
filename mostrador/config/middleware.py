"""What stands in front of every door."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

type Door = Callable[[HttpRequest], HttpResponse]


def common_headers(get_response: Door) -> Door:
    """Tell robots to stay away from everything, and browsers to keep this site to itself."""

    def door(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("X-Robots-Tag", "noindex")
        response.headers.setdefault("Permissions-Policy", "camera=(self), geolocation=(), microphone=()")
        return response

    return door
