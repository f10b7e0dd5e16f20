"""mostrador run"""

import argparse

from mostrador.config import start
from mostrador.config.arguments import host_and_port
from mostrador.config.wording import say


def arguments(parser: argparse.ArgumentParser) -> None:
    """--host, --port, --tls."""
    host_and_port(parser)
    parser.add_argument(
        "--tls", action="store_true", help=say("https con una autoridad local propia", "https with a local authority of our own")
    )


def run(options: argparse.Namespace) -> int:
    """Serve until stopped."""
    import os

    start.require_free_port(options.host, options.port)
    certificate = None
    if options.tls:
        os.environ["MOSTRADOR_TLS"] = "1"
    start.load()
    start.require_database()
    if options.tls:
        from mostrador.config import tls

        certificate = tls.certificate()
        print(tls.instructions(options.host, options.port))
    from mostrador.config.serve import serve
    from mostrador.people import first_run

    scheme = "https" if options.tls else "http"
    print(f"Mostrador  {scheme}://localhost:{options.port}/   {scheme}://localhost:{options.port}/till/", flush=True)
    if first_run.is_empty():
        print(say(f"Código de primera vez: {first_run.code()}", f"First-run code: {first_run.code()}"), flush=True)
    serve(host=options.host, port=options.port, certificate=certificate)
    return 0
