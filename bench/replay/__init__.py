"""Replay of real trade: a year of 457 stores through the door that tills use.

Owns: what the columns of *The Complete Journey* mean here (source), which of its lines a till could
have made (kinds), its baskets as facts (store), sending them (push) and the reconciliation (ledger).
Refuses: to write into the database by any way but HTTP, apart from what an office would do there.
"""
