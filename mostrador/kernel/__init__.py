"""What every room stands on: the business that owns all rows, ids, clock, money, scope, outbox, feed of changes.

Owns: Organization (the root of tenancy), the outbox, the numbered feed of changes, the epoch of the database and the
trail of edits. Refuses: to know anything of shops, products or sales.
"""
