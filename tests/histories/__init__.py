"""Histories: random lines of what happens in a shop, on three tills and a real server, judged by a model that was written from the contracts.

- `till/tests/histories/` plays: the till's own `core` and `data` in Node, each till on a disk of its own and on a network that can be cut, disturbed
  and healed. An *act* is one thing that a person, the network or a machine does; a *history* is a line of acts drawn from a seed, and ends healed.
- `server` starts the real server with one more door beside those of a shop (`door`): the office's hands (`office`) and what the books say (`books`).
- `model/` is the independent model. It reads what reached the server, as the contracts say it must be read, and imports nothing of `mostrador`.
- `judge` compares what the model expects with the server's books and with what the tills show. `run` plays many, `shrink` makes a failing one short.
- `bugs` are faults seeded into server and till, in memory and in these processes only; each must be caught.

To add an act: write it into a file of `till/tests/histories/acts/` and name it in its `index.ts`. If it writes a kind of fact that is new, add a ledger
to `model/`: a class with `take(fact)`, which keeps what it needs, and `expected()`, which says what the books must hold; name it in `model/__init__.py`
and let `books.py` say what the server has under the same name. And seed a bug of that kind in `bugs.py`, so that the net is known to hold.
"""
