"""The demo shops: two invented businesses, and sixty days of believable visits made by the same door as real tills.

Owns: the files in data/ and what builds from them. Refuses: to write by any way that a real shop does not have.
"""
