"""Create the tables: bitext, operation, flag, job."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "bitext",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("src_id", sa.String(), nullable=False),
        sa.Column("tgt_id", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("changed_at", sa.String(), nullable=False),
        sa.Column("checked_seq", sa.Integer(), nullable=False),
        sa.Column("check_signature", sa.String(), nullable=False),
        sa.Column("portable_seq", sa.Integer(), nullable=False),
        sa.Column("portable_sha256", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_bitext"),
    )
    op.create_table(
        "operation",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("bitext_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("undoes", sa.String(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_operation"),
        sa.UniqueConstraint("id", name="uq_operation_id"),
        sa.ForeignKeyConstraint(["bitext_id"], ["bitext.id"], name="fk_operation_bitext_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_operation_bitext_id_seq", "operation", ["bitext_id", "seq"])
    op.create_table(
        "flag",
        sa.Column("bitext_id", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("bitext_id", "ordinal", name="pk_flag"),
        sa.ForeignKeyConstraint(["bitext_id"], ["bitext.id"], name="fk_flag_bitext_id"),
    )
    op.create_table(
        "job",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("bitext_id", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("stop", sa.Boolean(), nullable=False),
        sa.Column("force", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_job"),
        sa.ForeignKeyConstraint(["bitext_id"], ["bitext.id"], name="fk_job_bitext_id"),
    )
    op.create_index("ix_job_bitext_id", "job", ["bitext_id"])


def downgrade() -> None:
    for table in ("job", "flag", "operation", "bitext"):
        op.drop_table(table)
