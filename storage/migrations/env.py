"""What Alembic runs: our connection and transaction, given by `storage.migrations.migrate`.

A new page: change storage/tables, write versions/<number>_<what>.py by hand, set HEAD. A test
fails as long as the two are not the same schema.
"""

from alembic import context

from storage.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
