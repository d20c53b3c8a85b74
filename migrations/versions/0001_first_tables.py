"""The first tables, the triggers that keep the record honest, and the index of each database."""

from alembic import op
import sqlalchemy as sa

from app.core.database import Instant

revision = '0001'
down_revision = None


# What happened, and what was published, is never rewritten: the database itself says no.
UNCHANGEABLE = ("activity", "revision")

POSTGRESQL_REFUSAL = """
CREATE FUNCTION palier_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is never changed or deleted', TG_TABLE_NAME; END $$
"""


def guard(table: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {table}_unchangeable BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION palier_refuse()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is never changed or deleted'); END"
        )


def add_search_index() -> None:
    """One row an entry of search_entry: analysed terms, made by app/library/analysis.py alike for both databases."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE search_entry ADD headline_index tsvector NOT NULL DEFAULT ''")
        op.execute("ALTER TABLE search_entry ADD body_index tsvector NOT NULL DEFAULT ''")
        op.execute("CREATE INDEX ix_search_entry_headline ON search_entry USING gin (headline_index)")
        op.execute("CREATE INDEX ix_search_entry_body ON search_entry USING gin (body_index)")
    else:
        # "=" and "~" begin stems, so that a stem is never taken for another whole word; "." stands in numbers.
        op.execute(
            "CREATE VIRTUAL TABLE search_index USING fts5(headline, body, kind UNINDEXED, "
            "prefix='2 3', tokenize=\"unicode61 remove_diacritics 0 tokenchars '=~.'\")"
        )


def upgrade() -> None:
    op.create_table('document',
    sa.Column('id', sa.String(length=120), nullable=False),
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('created_at', Instant(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document'))
    )
    op.create_index(op.f('ix_document_kind'), 'document', ['kind'], unique=False)
    op.create_table('library_state',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('generation', sa.Integer(), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_library_state_single')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_library_state'))
    )
    op.create_table('outbox_message',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('payload', sa.JSON(), nullable=False),
    sa.Column('created_at', Instant(), nullable=False),
    sa.Column('due_at', Instant(), nullable=False),
    sa.Column('leased_until', Instant(), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('done_at', Instant(), nullable=True),
    sa.Column('last_error', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox_message'))
    )
    op.create_index('ix_outbox_message_due', 'outbox_message', ['done_at', 'due_at'], unique=False)
    op.create_table('person',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('name_key', sa.String(length=240), nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=True),
    sa.Column('time_zone', sa.String(length=60), nullable=True),
    sa.Column('theme', sa.String(length=8), nullable=True),
    sa.Column('password_hash', sa.String(length=255), nullable=True),
    sa.Column('created_at', Instant(), nullable=False),
    sa.Column('deactivated_at', Instant(), nullable=True),
    sa.CheckConstraint("role in ('rep', 'manager', 'administrator')", name=op.f('ck_person_role')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person')),
    sa.UniqueConstraint('email', name=op.f('uq_person_email'))
    )
    op.create_index('ix_person_name_key', 'person', ['name_key'], unique=False)
    op.create_table('search_entry',
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('document_id', sa.String(length=120), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('headline_terms', sa.Text(), nullable=False),
    sa.Column('terms', sa.Text(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('sections', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_search_entry')),
    sa.UniqueConstraint('document_id', 'language', name=op.f('uq_search_entry_document_id_language'))
    )
    op.create_index('ix_search_entry_kind', 'search_entry', ['kind'], unique=False)
    op.create_table('team',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('name_key', sa.String(length=240), nullable=False),
    sa.Column('created_at', Instant(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_team')),
    sa.UniqueConstraint('name_key', name=op.f('uq_team_name_key'))
    )
    op.create_table('assignment',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('document_id', sa.String(length=120), nullable=False),
    sa.Column('team_id', sa.Uuid(), nullable=True),
    sa.Column('assigned_by', sa.Uuid(), nullable=False),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.Column('due_at', Instant(), nullable=False),
    sa.Column('created_at', Instant(), nullable=False),
    sa.Column('cancelled_at', Instant(), nullable=True),
    sa.ForeignKeyConstraint(['assigned_by'], ['person.id'], name=op.f('fk_assignment_assigned_by')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_assignment_document_id')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_assignment_team_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assignment'))
    )
    op.create_table('membership',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('team_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('role', sa.String(length=10), nullable=False),
    sa.CheckConstraint("role in ('member', 'manager')", name=op.f('ck_membership_role')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_membership_person_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_membership_team_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_membership')),
    sa.UniqueConstraint('team_id', 'person_id', name=op.f('uq_membership_team_id_person_id'))
    )
    op.create_index('ix_membership_person_id', 'membership', ['person_id'], unique=False)
    op.create_table('one_time_link',
    sa.Column('secret_hash', sa.String(length=64), nullable=False),
    sa.Column('purpose', sa.String(length=20), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('created_at', Instant(), nullable=False),
    sa.Column('expires_at', Instant(), nullable=False),
    sa.Column('used_at', Instant(), nullable=True),
    sa.CheckConstraint("purpose in ('invitation', 'reset', 'first_administrator')", name=op.f('ck_one_time_link_purpose')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_one_time_link_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('secret_hash', name=op.f('pk_one_time_link'))
    )
    op.create_table('pin',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('document_id', sa.String(length=120), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_pin_document_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_pin_person_id')),
    sa.PrimaryKeyConstraint('person_id', 'document_id', name=op.f('pk_pin'))
    )
    op.create_table('quiz_result',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('document_id', sa.String(length=120), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('best_percent', sa.Integer(), nullable=False),
    sa.Column('passed_at', Instant(), nullable=True),
    sa.Column('last_at', Instant(), nullable=False),
    sa.CheckConstraint('best_percent between 0 and 100', name=op.f('ck_quiz_result_percent')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_quiz_result_document_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_quiz_result_person_id')),
    sa.PrimaryKeyConstraint('person_id', 'document_id', name=op.f('pk_quiz_result'))
    )
    op.create_table('revision',
    sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('document_id', sa.String(length=120), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('materiality', sa.String(length=10), nullable=False),
    sa.Column('source', sa.LargeBinary(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('card', sa.JSON(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('published_at', Instant(), nullable=False),
    sa.CheckConstraint("materiality in ('minor', 'material')", name=op.f('ck_revision_materiality')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_revision_document_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_revision')),
    sa.UniqueConstraint('document_id', 'language', 'number', name=op.f('uq_revision_document_id_language_number'))
    )
    op.create_table('progress_version',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_progress_version_person_id')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_progress_version'))
    )
    op.create_table('sign_in',
    sa.Column('secret_hash', sa.String(length=64), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('created_at', Instant(), nullable=False),
    sa.Column('expires_at', Instant(), nullable=False),
    sa.Column('browser', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_sign_in_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('secret_hash', name=op.f('pk_sign_in'))
    )
    op.create_index('ix_sign_in_person_id', 'sign_in', ['person_id'], unique=False)
    op.create_table('acknowledgement',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('document_id', sa.String(length=120), nullable=False),
    sa.Column('revision_id', sa.Integer(), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_acknowledgement_document_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_acknowledgement_person_id')),
    sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_acknowledgement_revision_id')),
    sa.PrimaryKeyConstraint('person_id', 'document_id', name=op.f('pk_acknowledgement'))
    )
    op.create_table('activity',
    sa.Column('sequence', sa.Integer(), autoincrement=True, nullable=False),
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=60), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.Column('recorded_at', Instant(), nullable=False),
    sa.Column('document_id', sa.String(length=120), nullable=True),
    sa.Column('revision_id', sa.Integer(), nullable=True),
    sa.Column('details', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_activity_person_id')),
    sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_activity_revision_id')),
    sa.PrimaryKeyConstraint('sequence', name=op.f('pk_activity')),
    sa.UniqueConstraint('uuid', name=op.f('uq_activity_uuid'))
    )
    op.create_index('ix_activity_document_id', 'activity', ['document_id'], unique=False)
    op.create_index('ix_activity_person_at', 'activity', ['person_id', 'at'], unique=False)
    op.create_table('attempt',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('document_id', sa.String(length=120), nullable=False),
    sa.Column('revision_id', sa.Integer(), nullable=False),
    sa.Column('started_at', Instant(), nullable=False),
    sa.Column('deadline_at', Instant(), nullable=True),
    sa.Column('submitted_at', Instant(), nullable=True),
    sa.Column('mark', sa.String(length=40), nullable=True),
    sa.Column('maximum', sa.String(length=40), nullable=True),
    sa.Column('passed', sa.Boolean(), nullable=True),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_attempt_document_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_attempt_person_id')),
    sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_attempt_revision_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attempt'))
    )
    op.create_index('ix_attempt_person_document', 'attempt', ['person_id', 'document_id', 'started_at'], unique=False)
    op.create_index('uq_attempt_open', 'attempt', ['person_id', 'document_id'], unique=True, sqlite_where=sa.text('submitted_at IS NULL'), postgresql_where=sa.text('submitted_at IS NULL'))
    op.create_table('rendering',
    sa.Column('revision_id', sa.Integer(), nullable=False),
    sa.Column('made_with', sa.String(length=64), nullable=False),
    sa.Column('blocks', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_rendering_revision_id')),
    sa.PrimaryKeyConstraint('revision_id', name=op.f('pk_rendering'))
    )
    op.create_table('edition',
    sa.Column('document_id', sa.String(length=120), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('path', sa.String(length=400), nullable=False),
    sa.Column('synced_digest', sa.String(length=64), nullable=True),
    sa.Column('published_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_edition_document_id')),
    sa.ForeignKeyConstraint(['published_id'], ['revision.id'], name=op.f('fk_edition_published_id')),
    sa.PrimaryKeyConstraint('document_id', 'language', name=op.f('pk_edition'))
    )
    op.create_index('uq_edition_path', 'edition', ['path'], unique=True, sqlite_where=sa.text('published_id IS NOT NULL'), postgresql_where=sa.text('published_id IS NOT NULL'))
    op.create_table('enrolment',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('assignment_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['assignment_id'], ['assignment.id'], name=op.f('fk_enrolment_assignment_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_enrolment_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_enrolment')),
    sa.UniqueConstraint('assignment_id', 'person_id', name=op.f('uq_enrolment_assignment_id_person_id'))
    )
    op.create_index('ix_enrolment_person_id', 'enrolment', ['person_id'], unique=False)
    op.create_table('answer',
    sa.Column('attempt_id', sa.Uuid(), nullable=False),
    sa.Column('question_key', sa.String(length=120), nullable=False),
    sa.Column('reply', sa.JSON(), nullable=False),
    sa.Column('saved_at', Instant(), nullable=False),
    sa.Column('mark', sa.String(length=40), nullable=True),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempt.id'], name=op.f('fk_answer_attempt_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('attempt_id', 'question_key', name=op.f('pk_answer'))
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(POSTGRESQL_REFUSAL)
    for table in UNCHANGEABLE:
        guard(table)
    add_search_index()
    op.execute("INSERT INTO library_state (id, generation) VALUES (1, 1)")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table in UNCHANGEABLE:
            op.execute(f"DROP TRIGGER {table}_unchangeable ON {table}")
        op.execute("DROP FUNCTION palier_refuse")
    else:
        op.execute("DROP TABLE search_index")
    op.drop_table('answer')
    op.drop_index('ix_enrolment_person_id', table_name='enrolment')
    op.drop_table('enrolment')
    op.drop_table('rendering')
    op.drop_index('uq_edition_path', table_name='edition', sqlite_where=sa.text('published_id IS NOT NULL'), postgresql_where=sa.text('published_id IS NOT NULL'))
    op.drop_table('edition')
    op.drop_index('uq_attempt_open', table_name='attempt', sqlite_where=sa.text('submitted_at IS NULL'), postgresql_where=sa.text('submitted_at IS NULL'))
    op.drop_index('ix_attempt_person_document', table_name='attempt')
    op.drop_table('attempt')
    op.drop_index('ix_activity_person_at', table_name='activity')
    op.drop_index('ix_activity_document_id', table_name='activity')
    op.drop_table('activity')
    op.drop_table('acknowledgement')
    op.drop_index('ix_sign_in_person_id', table_name='sign_in')
    op.drop_table('progress_version')
    op.drop_table('sign_in')
    op.drop_table('revision')
    op.drop_table('quiz_result')
    op.drop_table('pin')
    op.drop_table('one_time_link')
    op.drop_index('ix_membership_person_id', table_name='membership')
    op.drop_table('membership')
    op.drop_table('assignment')
    op.drop_table('team')
    op.drop_index('ix_search_entry_kind', table_name='search_entry')
    op.drop_table('search_entry')
    op.drop_index('ix_person_name_key', table_name='person')
    op.drop_table('person')
    op.drop_index('ix_outbox_message_due', table_name='outbox_message')
    op.drop_table('outbox_message')
    op.drop_table('library_state')
    op.drop_index(op.f('ix_document_kind'), table_name='document')
    op.drop_table('document')
