"""Run by Alembic, on the connection and inside the transaction that `upgrade` hands over."""

from alembic import context

from advisor.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
