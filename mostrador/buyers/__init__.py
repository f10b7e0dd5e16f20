"""Who buys here and wants to be known: contact, consent, and the limit of an account. What an account holds is counted in `counter`."""
