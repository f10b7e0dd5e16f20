"""The doors of tills: pair, push, pull. Documents as in contracts/README.md; refusals as problem documents (RFC 9457)."""
