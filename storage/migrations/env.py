"""Runs the steps on the connection that `run.migrate` brings. That tables and steps agree is for a test to see."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
with context.begin_transaction():
    context.run_migrations()
