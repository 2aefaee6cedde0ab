"""Add translation memories for the concordance."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "memory",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("src_lang", sa.String(), nullable=False),
        sa.Column("tgt_lang", sa.String(), nullable=False),
        sa.Column("tool", sa.String(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_memory"),
    )
    op.create_table(
        "memory_unit",
        sa.Column("memory_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("zh", sa.String(), nullable=False),
        sa.Column("en", sa.String(), nullable=False),
        sa.Column("zh_folded", sa.String(), nullable=False),
        sa.Column("en_folded", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("memory_id", "number", name="pk_memory_unit"),
        sa.ForeignKeyConstraint(["memory_id"], ["memory.id"], name="fk_memory_unit_memory_id"),
    )


def downgrade() -> None:
    op.drop_table("memory_unit")
    op.drop_table("memory")
