"""Facts up, catalogue down.

Owns: journals as received (every byte), their heads and signatures, parked and early facts, evidence of broken chains, annexes,
the catalogue document. Refuses: to lose, change or reorder what a till says has happened.
"""
