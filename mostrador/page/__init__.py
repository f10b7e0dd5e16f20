"""The buyer's page: what the secret on a ticket opens. It knows no one, sets no cookie and runs no script."""
