"""A mail server that keeps what it is handed: a real one, on a port of its own. Users named to it are refused."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.support.ports import free_ports


@dataclass
class Post:
    """What came in, in its order. `refused`: addresses that are turned away."""

    port: int
    came: list[EmailMessage] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:  # noqa: N802  # named by the library
        """Take an address, or turn it away."""
        if address in self.refused:
            return "550 no such address"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  # named by the library
        """Keep the mail."""
        content = envelope.content
        assert isinstance(content, bytes)
        self.came.append(message_from_bytes(content, policy=policy.default))
        return "250 OK"

    @property
    def mailers(self) -> dict[str, Any]:
        """The setting that sends here."""
        options = {"host": "127.0.0.1", "port": self.port, "timeout": 10}
        return {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}

    def words(self) -> list[str]:
        """The plain text of each mail."""
        return [message.get_body(("plain",)).get_content().replace("\r\n", "\n") for message in self.came]  # type: ignore[union-attr]


@contextmanager
def post_office(port: int = 0) -> Iterator[Post]:
    """Open a mail server for as long as the block lasts."""
    post = Post(port or free_ports(1)[0])
    controller = Controller(post, hostname="127.0.0.1", port=post.port)
    controller.start()
    try:
        yield post
    finally:
        controller.stop()
