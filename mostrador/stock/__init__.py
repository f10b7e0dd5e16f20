"""How many there are: moves, and levels as their projection.

Owns: stock moves (only added) and levels per store (rebuilt from the moves by one command). Refuses: to know why a sale was made.
"""
