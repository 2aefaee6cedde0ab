"""Add what people prefer, and who asked for a job."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "preference",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("person", "name", name="pk_preference"),
    )
    with op.batch_alter_table("job") as job:
        job.add_column(sa.Column("author", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("job") as job:
        job.drop_column("author")
    op.drop_table("preference")
