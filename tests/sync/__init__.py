"""The intake of facts and what goes down to tills, held by tests."""
