"""Django's SQLite backend over the mended SQLite: its connections have no `getlimit`, which Django 6.1 asks for."""
