"""Line 11: the built till in a real browser, slowed down fourfold, with 100,000 products, against a real server."""
