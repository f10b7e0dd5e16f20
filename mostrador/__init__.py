"""Mostrador: a point of sale whose sale is a by-product of helping the buyer.

Debian 12's own SQLite (3.40.1) can corrupt a WAL database when a write and a checkpoint of two connections overlap
(mended in 3.51.3, 3.50.7 and 3.44.6). The wheel `pysqlite3` brings a mended one, so it takes the standard module's
place here, before anything imports Django's SQLite backend.
"""

import sqlite3
import sys

try:
    import pysqlite3
    import pysqlite3.dbapi2
except ImportError:  # PostgreSQL only, or a platform without the wheel: `doctor` says which SQLite is in use.
    pass
else:
    if pysqlite3.sqlite_version_info > sqlite3.sqlite_version_info:
        sys.modules["sqlite3"] = pysqlite3
        sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
