"""Benchmarks and the replay of real trade: development tools, no part of the server."""
