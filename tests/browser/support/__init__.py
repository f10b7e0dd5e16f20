"""A real server, a wire that can be cut, a till in a real browser: what the journeys over the whole system stand on."""
