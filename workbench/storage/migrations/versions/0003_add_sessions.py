"""Add review sessions, their reviewers, and how long somebody has been at work."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    with op.batch_alter_table("bitext") as bitext:
        bitext.add_column(sa.Column("session_id", sa.String(), nullable=False, server_default=""))
    op.create_table(
        "review_session",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("bitext_id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("closed_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["bitext_id"], ["bitext.id"], name="fk_review_session_bitext_id"),
        sa.PrimaryKeyConstraint("id", name="pk_review_session"),
    )
    op.create_index("ix_review_session_bitext_id", "review_session", ["bitext_id"])
    op.create_table(
        "reviewer",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("bitext_id", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("invited_at", sa.String(), nullable=False),
        sa.Column("finished_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["review_session.id"], name="fk_reviewer_session_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_reviewer"),
    )
    op.create_index("ix_reviewer_session_id", "reviewer", ["session_id"])
    op.create_index("ix_reviewer_token_hash", "reviewer", ["token_hash"])
    op.create_table(
        "attendance",
        sa.Column("bitext_id", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("src", sa.Integer(), nullable=False),
        sa.Column("tgt", sa.Integer(), nullable=False),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("bitext_id", "person", "session_id", name="pk_attendance"),
    )


def downgrade() -> None:
    op.drop_table("attendance")
    op.drop_table("reviewer")
    op.drop_table("review_session")
    with op.batch_alter_table("bitext") as bitext:
        bitext.drop_column("session_id")
