"""What a visit brings besides a sale: needs, advice, samples, promises, claims, what several people did for one buyer.

Owns: the rows that the worker makes of such facts, the chips that the till offers, and what is counted of them. Refuses: to hold up a
sale (the intake only journals these facts, ruling 33), to count by person, to call a visit lost.
"""
