"""`startloket dev`: PostgreSQL, Temporal, worker and API on one machine, from Python packages alone.

Nothing in here runs in production, and nothing outside it starts a server.
"""
