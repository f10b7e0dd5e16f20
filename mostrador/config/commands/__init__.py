"""The commands of `mostrador`, one module each."""
