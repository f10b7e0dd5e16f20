"""What happened at the counter: visits and, as their by-products, sales; shifts and their cash.

Owns: visits, sales with lines and payments, shifts, cash movements, openings of the drawer, approvals, reprints, and how each
fact becomes these rows. Refuses: to decide whether something happened. It happened; what does not add up is parked.
"""
