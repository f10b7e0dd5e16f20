"""The door by which facts come in answers the same in both its frames: Django's, and the server's own past Django."""

import gzip
import io
import json
from typing import Any

import pytest

from mostrador.api import push
from mostrador.api.doors import BODY_MAX
from tests.sync.books import everything
from tests.sync.shop import Till, call

pytestmark = pytest.mark.django_db(transaction=True)
LATER = frozenset({"time"})


def past_django(body: bytes, token: str | None, *, length: str | None = None, **more: str) -> tuple[int, dict[str, str], bytes]:
    """Knock at the server's own frame; return status, headers and body."""
    from mostrador.config import wsgi  # here: it wants the static files, which the pure tests are gathered without

    said: list[Any] = []
    environ = {
        "REQUEST_METHOD": "POST", "PATH_INFO": push.ADDRESS, "wsgi.input": io.BytesIO(body),
        "CONTENT_LENGTH": str(len(body)) if length is None else length, **more,
    }  # fmt: skip
    if token is not None:
        environ["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    answer = b"".join(wsgi.application(environ, lambda status, headers: said.extend((status, headers))))
    return int(said[0].split()[0]), dict(said[1]), answer


def same(till: Till, body: bytes, token: str | None, **more: str) -> int:
    """See that both frames answer the same, and return the status."""
    framed = call("POST", "push", token, body, **more)
    status, headers, answer = past_django(body, token, **more)
    assert status == framed.status_code
    assert headers["Content-Type"] == framed["Content-Type"]
    assert int(headers["Content-Length"]) == len(answer)
    for name in ("Cache-Control", "X-Robots-Tag", "X-Content-Type-Options"):
        assert headers[name] == framed[name]
    mine, theirs = (json.loads(one) for one in (answer, framed.content))
    assert {name: mine[name] for name in mine.keys() - LATER} == {name: theirs[name] for name in theirs.keys() - LATER}
    return status


def test_both_frames_answer_the_same(till: Till) -> None:
    facts = till.device.push_body(till.journal_facts)

    assert same(till, facts, till.token) == 200
    assert same(till, facts, None) == 401
    assert same(till, facts, "nobody") == 401
    assert same(till, b"{", till.token) == 400
    assert same(till, facts.replace(b'"protocol":1', b'"protocol":9', 1), till.token) == 426
    assert same(till, gzip.compress(facts), till.token, HTTP_CONTENT_ENCODING="gzip") == 200
    assert same(till, facts, till.token, HTTP_CONTENT_ENCODING="gzip") == 400
    assert same(till, b" " * (BODY_MAX + 1), till.token) == 400


def test_the_servers_frame_takes_a_sale_in(till: Till) -> None:
    before = len(everything()["sync_journalentry"])
    till.sell(("coffee", 1000))
    body = till.device.push_body(till.journal_facts[2:])

    status, headers, answer = past_django(body, till.token)

    assert (status, [one["state"] for one in json.loads(answer)["answers"]]) == (200, ["accepted"])
    assert headers["Content-Type"] == "application/json"
    assert len(everything()["sync_journalentry"]) == before + 1


@pytest.mark.parametrize("length", ["", "no number"])
def test_a_body_of_unknown_length_is_read_to_its_end(till: Till, length: str) -> None:
    assert past_django(till.device.push_body(till.journal_facts), till.token, length=length)[0] == 200


def test_a_body_that_says_it_is_too_long_is_not_even_read(till: Till) -> None:
    status, _, answer = past_django(till.device.push_body(till.journal_facts), till.token, length=str(BODY_MAX + 1))

    assert (status, json.loads(answer)["code"]) == (400, "not_a_push")


def test_a_fault_of_ours_is_said_as_such_and_stores_nothing(till: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    from mostrador.sync import gate

    def breaks(*_: object) -> None:
        raise RuntimeError("broken")

    before = len(everything()["sync_journalentry"])
    till.sell(("coffee", 1000))
    monkeypatch.setattr(gate, "unpack", breaks)

    status, headers, answer = past_django(till.device.push_body(till.journal_facts[2:]), till.token)

    assert (status, answer, headers["Content-Length"]) == (500, b"", "0")
    assert len(everything()["sync_journalentry"]) == before
