"""Who works where, and on which device.

Owns: users that sign in at the office, stores, tills, the team with roles and PINs, limits by role, pairing of devices.
Refuses: to know what is sold or what was sold.
"""
