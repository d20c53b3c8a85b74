"""Assessment: drawn attempts, hints, written replies, regradings, changed questions, review."""

from fractions import Fraction

from alembic import op
import sqlalchemy as sa

from app.core.database import Instant


revision = '0003'
down_revision = '0002'


def count_what_there_is() -> None:
    """The results of the attempts handed in so far, as app/quizzes/results.py counts them."""
    connection = op.get_bind()
    attempts = connection.execute(
        sa.text(
            "SELECT id, person_id, document_id, mark, maximum, passed, submitted_at FROM attempt WHERE mark IS NOT NULL"
        )
    )
    rows = [
        {
            "id": row.id,
            "person": row.person_id,
            "document": row.document_id,
            "percent": int(Fraction(row.mark) * 100 / Fraction(row.maximum)),
            "passed": row.passed,
            "at": row.submitted_at,
        }
        for row in attempts
    ]
    if rows:
        connection.execute(
            sa.text(
                "INSERT INTO attempt_result (attempt_id, person_id, document_id, percent, passed, at)"
                " VALUES (:id, :person, :document, :percent, :passed, :at)"
            ),
            rows,
        )


def upgrade() -> None:
    op.create_table('changed_question',
    sa.Column('document_id', sa.String(length=120), nullable=False),
    sa.Column('language', sa.String(length=5), nullable=False),
    sa.Column('question_key', sa.String(length=120), nullable=False),
    sa.Column('changed_at', Instant(), nullable=True),
    sa.Column('withdrawn_at', Instant(), nullable=True),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_changed_question_document_id')),
    sa.PrimaryKeyConstraint('document_id', 'language', 'question_key', name=op.f('pk_changed_question'))
    )
    op.create_table('attempt_result',
    sa.Column('attempt_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('document_id', sa.String(length=120), nullable=False),
    sa.Column('percent', sa.Integer(), nullable=False),
    sa.Column('passed', sa.Boolean(), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.Column('regraded_at', Instant(), nullable=True),
    sa.Column('regrading_id', sa.Uuid(), nullable=True),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_attempt_result_document_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_attempt_result_person_id')),
    sa.PrimaryKeyConstraint('attempt_id', name=op.f('pk_attempt_result'))
    )
    op.create_index('ix_attempt_result_person_document', 'attempt_result', ['person_id', 'document_id'], unique=False)
    op.create_table('review',
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('document_id', sa.String(length=120), nullable=False),
    sa.Column('question_key', sa.String(length=120), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.Column('rating', sa.Integer(), nullable=False),
    sa.Column('predicted', sa.Integer(), nullable=True),
    sa.Column('is_first', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_review_document_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_review_person_id')),
    sa.PrimaryKeyConstraint('uuid', name=op.f('pk_review'))
    )
    op.create_index('ix_review_person_at', 'review', ['person_id', 'at'], unique=False)
    op.create_table('review_card',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('document_id', sa.String(length=120), nullable=False),
    sa.Column('question_key', sa.String(length=120), nullable=False),
    sa.Column('stability', sa.Double(), nullable=False),
    sa.Column('difficulty', sa.Double(), nullable=False),
    sa.Column('due_at', Instant(), nullable=False),
    sa.Column('met_at', Instant(), nullable=False),
    sa.Column('answered_at', Instant(), nullable=False),
    sa.Column('seen_at', Instant(), nullable=False),
    sa.Column('reviews', sa.Integer(), nullable=False),
    sa.Column('lapses', sa.Integer(), nullable=False),
    sa.Column('suspended_at', Instant(), nullable=True),
    sa.Column('before', sa.JSON(), nullable=True),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_review_card_document_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_review_card_person_id')),
    sa.PrimaryKeyConstraint('person_id', 'document_id', 'question_key', name=op.f('pk_review_card'))
    )
    op.create_index('ix_review_card_due', 'review_card', ['person_id', 'due_at'], unique=False)
    op.create_table('review_reply',
    sa.Column('uuid', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('revision_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('reply', sa.JSON(), nullable=True),
    sa.Column('mark', sa.String(length=40), nullable=False),
    sa.Column('hints', sa.Integer(), nullable=False),
    sa.Column('took_ms', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_review_reply_person_id')),
    sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_review_reply_revision_id')),
    sa.PrimaryKeyConstraint('uuid', name=op.f('pk_review_reply'))
    )
    op.create_index(op.f('ix_review_reply_person_id'), 'review_reply', ['person_id'], unique=False)
    op.create_table('regrading',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('document_id', sa.String(length=120), nullable=False),
    sa.Column('revision_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=True),
    sa.Column('at', Instant(), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_regrading_document_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_regrading_person_id')),
    sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_regrading_revision_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_regrading'))
    )
    op.create_index('ix_regrading_document', 'regrading', ['document_id', 'at'], unique=False)
    op.create_table('hint_taken',
    sa.Column('attempt_id', sa.Uuid(), nullable=False),
    sa.Column('question_key', sa.String(length=120), nullable=False),
    sa.Column('hints', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempt.id'], name=op.f('fk_hint_taken_attempt_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('attempt_id', 'question_key', name=op.f('pk_hint_taken'))
    )
    op.create_table('regraded_attempt',
    sa.Column('regrading_id', sa.Uuid(), nullable=False),
    sa.Column('attempt_id', sa.Uuid(), nullable=False),
    sa.Column('was_mark', sa.String(length=40), nullable=False),
    sa.Column('was_maximum', sa.String(length=40), nullable=False),
    sa.Column('was_passed', sa.Boolean(), nullable=False),
    sa.Column('mark', sa.String(length=40), nullable=False),
    sa.Column('maximum', sa.String(length=40), nullable=False),
    sa.Column('passed', sa.Boolean(), nullable=False),
    sa.Column('seen_at', Instant(), nullable=True),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempt.id'], name=op.f('fk_regraded_attempt_attempt_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['regrading_id'], ['regrading.id'], name=op.f('fk_regraded_attempt_regrading_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('regrading_id', 'attempt_id', name=op.f('pk_regraded_attempt'))
    )
    op.create_index('ix_regraded_attempt_attempt', 'regraded_attempt', ['attempt_id'], unique=False)
    op.create_table('question_upload',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('wanted', sa.JSON(), nullable=False),
    sa.Column('made', sa.String(length=200), nullable=True),
    sa.Column('at', Instant(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_question_upload_person_id')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_question_upload'))
    )
    op.create_table('text_score',
    sa.Column('attempt_id', sa.Uuid(), nullable=False),
    sa.Column('question_key', sa.String(length=120), nullable=False),
    sa.Column('points', sa.JSON(), nullable=False),
    sa.Column('maximum', sa.Integer(), nullable=False),
    sa.Column('comment', sa.Text(), nullable=False),
    sa.Column('scored_by', sa.Uuid(), nullable=False),
    sa.Column('scored_at', Instant(), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempt.id'], name=op.f('fk_text_score_attempt_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['scored_by'], ['person.id'], name=op.f('fk_text_score_scored_by')),
    sa.PrimaryKeyConstraint('attempt_id', 'question_key', name=op.f('pk_text_score'))
    )
    op.add_column('answer', sa.Column('revised_mark', sa.String(length=40), nullable=True))
    op.add_column('answer', sa.Column('checked_at', Instant(), nullable=True))
    op.add_column('attempt', sa.Column('sheet', sa.JSON(), nullable=True))
    op.add_column('attempt', sa.Column('revised_mark', sa.String(length=40), nullable=True))
    op.add_column('attempt', sa.Column('revised_maximum', sa.String(length=40), nullable=True))
    op.add_column('attempt', sa.Column('revised_passed', sa.Boolean(), nullable=True))
    op.add_column('attempt', sa.Column('revised_revision_id', sa.Integer(), nullable=True))
    op.add_column('attempt', sa.Column('revised_sheet', sa.JSON(), nullable=True))
    op.create_index('ix_attempt_document', 'attempt', ['document_id', 'submitted_at'], unique=False)
    op.create_index('ix_attempt_unscored', 'attempt', ['submitted_at'], unique=False, sqlite_where=sa.text('submitted_at IS NOT NULL AND mark IS NULL'), postgresql_where=sa.text('submitted_at IS NOT NULL AND mark IS NULL'))
    count_what_there_is()


def downgrade() -> None:
    op.drop_index('ix_attempt_unscored', table_name='attempt', sqlite_where=sa.text('submitted_at IS NOT NULL AND mark IS NULL'), postgresql_where=sa.text('submitted_at IS NOT NULL AND mark IS NULL'))
    op.drop_index('ix_attempt_document', table_name='attempt')
    op.drop_column('attempt', 'revised_sheet')
    op.drop_column('attempt', 'revised_revision_id')
    op.drop_column('attempt', 'revised_passed')
    op.drop_column('attempt', 'revised_maximum')
    op.drop_column('attempt', 'revised_mark')
    op.drop_column('attempt', 'sheet')
    op.drop_column('answer', 'checked_at')
    op.drop_column('answer', 'revised_mark')
    op.drop_table('text_score')
    op.drop_table('question_upload')
    op.drop_index('ix_regraded_attempt_attempt', table_name='regraded_attempt')
    op.drop_table('regraded_attempt')
    op.drop_table('hint_taken')
    op.drop_index('ix_regrading_document', table_name='regrading')
    op.drop_table('regrading')
    op.drop_index(op.f('ix_review_reply_person_id'), table_name='review_reply')
    op.drop_table('review_reply')
    op.drop_index('ix_review_card_due', table_name='review_card')
    op.drop_table('review_card')
    op.drop_index('ix_review_person_at', table_name='review')
    op.drop_table('review')
    op.drop_index('ix_attempt_result_person_document', table_name='attempt_result')
    op.drop_table('attempt_result')
    op.drop_table('changed_question')
