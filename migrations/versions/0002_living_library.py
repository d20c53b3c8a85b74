"""A library that stays true: drafts, conflicts, verification, questions, attachments, searches in vain, rounds."""

from collections import Counter
import json

from alembic import op
import sqlalchemy as sa

from app.core.database import Instant


revision = '0002'
down_revision = '0001'


def remember_owners() -> None:
    """The owners that published texts name already."""
    connection = op.get_bind()
    rows = connection.execute(
        sa.text("SELECT e.document_id, e.language, r.facts FROM edition e JOIN revision r ON r.id = e.published_id")
    ).all()
    for document_id, language, facts in rows:
        read = json.loads(facts) if isinstance(facts, str) else facts
        if read.get("owner"):
            connection.execute(
                sa.text("UPDATE edition SET owner = :owner WHERE document_id = :id AND language = :language"),
                {"owner": read["owner"][:254], "id": document_id, "language": language},
            )


def take_stock_of_words() -> None:
    """The words of the entries that search has already, as app/library/finding/vocabulary.py counts them."""
    connection = op.get_bind()
    counts = Counter()
    for language, headline, terms in connection.execute(
        sa.text("SELECT language, headline_terms, terms FROM search_entry")
    ):
        counts.update((language, word) for word in words_in(headline, terms))
    rows = [{"language": language, "word": word, "entries": count} for (language, word), count in counts.items()]
    if rows:
        connection.execute(
            sa.text("INSERT INTO search_word (language, word, entries) VALUES (:language, :word, :entries)"), rows
        )


def words_in(headline: str, terms: str) -> set[str]:
    """The words among an entry's terms."""
    folded = {term.partition("/")[0] for term in f"{headline} {terms}".split()}
    return {word for word in folded if word.isalpha() and len(word) >= 3}


def upgrade() -> None:
    op.create_table('blob',
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('media_type', sa.String(length=40), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('width', sa.Integer(), nullable=True),
    sa.Column('height', sa.Integer(), nullable=True),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.CheckConstraint("media_type in ('image/png', 'image/jpeg', 'image/webp', 'image/gif', 'application/pdf')", name=op.f('ck_blob_media_type')),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_blob'))
    )
    op.create_table('round',
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('due_at', Instant(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_round'))
    )
    op.create_table('vain_search',
    sa.Column('words', sa.String(length=400), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('typed', sa.String(length=400), nullable=False),
    sa.Column('times', sa.Integer(), nullable=False),
    sa.Column('last_at', Instant(), nullable=False),
    sa.PrimaryKeyConstraint('words', 'language', name=op.f('pk_vain_search'))
    )
    op.create_table('search_word',
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('word', sa.String(length=40), nullable=False),
    sa.Column('entries', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('language', 'word', name=op.f('pk_search_word'))
    )
    op.create_table('attachment',
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('file_digest', sa.String(length=64), nullable=True),
    sa.Column('added_by', sa.Uuid(), nullable=True),
    sa.Column('added_at', Instant(), nullable=False),
    sa.Column('published_at', Instant(), nullable=True),
    sa.Column('retired_at', Instant(), nullable=True),
    sa.ForeignKeyConstraint(['added_by'], ['person.id'], name=op.f('fk_attachment_added_by')),
    sa.ForeignKeyConstraint(['digest'], ['blob.digest'], name=op.f('fk_attachment_digest')),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_attachment'))
    )
    op.create_index('ix_attachment_digest', 'attachment', ['digest'], unique=False)
    op.create_table('archive_upload',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_archive_upload_person_id')),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_archive_upload'))
    )
    op.create_table('archive_part',
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['archive_upload.person_id'], name=op.f('fk_archive_part_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', 'number', name=op.f('pk_archive_part'))
    )
    op.create_table('lapse_notice',
    sa.Column('document_id', sa.String(length=120), nullable=False),
    sa.Column('lapsed_at', Instant(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('told_at', Instant(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_lapse_notice_person_id')),
    sa.PrimaryKeyConstraint('document_id', 'lapsed_at', 'person_id', name=op.f('pk_lapse_notice'))
    )
    op.create_table('verification',
    sa.Column('document_id', sa.String(length=120), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_verification_document_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_verification_person_id')),
    sa.PrimaryKeyConstraint('document_id', name=op.f('pk_verification'))
    )
    op.create_table('draft',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('document_id', sa.String(length=120), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('path', sa.String(length=400), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('base_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('source', sa.LargeBinary(), nullable=False),
    sa.Column('file_digest', sa.String(length=64), nullable=True),
    sa.Column('created_by', sa.Uuid(), nullable=False),
    sa.Column('created_at', Instant(), nullable=False),
    sa.Column('saved_by', sa.Uuid(), nullable=False),
    sa.Column('saved_at', Instant(), nullable=False),
    sa.ForeignKeyConstraint(['base_id'], ['revision.id'], name=op.f('fk_draft_base_id')),
    sa.ForeignKeyConstraint(['created_by'], ['person.id'], name=op.f('fk_draft_created_by')),
    sa.ForeignKeyConstraint(['saved_by'], ['person.id'], name=op.f('fk_draft_saved_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft')),
    sa.UniqueConstraint('document_id', 'language', name=op.f('uq_draft_document_id_language'))
    )
    op.create_table('remark',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('document_id', sa.String(length=120), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('revision_id', sa.Integer(), nullable=False),
    sa.Column('anchor', sa.String(length=200), nullable=False),
    sa.Column('heading', sa.Text(), nullable=False),
    sa.Column('parent_id', sa.Uuid(), nullable=True),
    sa.Column('author_id', sa.Uuid(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('created_at', Instant(), nullable=False),
    sa.Column('edited_at', Instant(), nullable=True),
    sa.Column('seen_at', Instant(), nullable=True),
    sa.Column('resolved_at', Instant(), nullable=True),
    sa.Column('resolved_by', sa.Uuid(), nullable=True),
    sa.Column('hidden_at', Instant(), nullable=True),
    sa.Column('hidden_by', sa.Uuid(), nullable=True),
    sa.CheckConstraint('parent_id is null or resolved_at is null', name=op.f('ck_remark_only_questions_are_resolved')),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_remark_author_id')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_remark_document_id')),
    sa.ForeignKeyConstraint(['hidden_by'], ['person.id'], name=op.f('fk_remark_hidden_by')),
    sa.ForeignKeyConstraint(['parent_id'], ['remark.id'], name=op.f('fk_remark_parent_id')),
    sa.ForeignKeyConstraint(['resolved_by'], ['person.id'], name=op.f('fk_remark_resolved_by')),
    sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_remark_revision_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_remark'))
    )
    op.create_index('ix_remark_author_id', 'remark', ['author_id'], unique=False)
    op.create_index('ix_remark_document_id', 'remark', ['document_id', 'created_at'], unique=False)
    is_open = sa.text("parent_id IS NULL AND resolved_at IS NULL AND hidden_at IS NULL")
    op.create_index('ix_remark_open', 'remark', ['document_id', 'created_at'], unique=False, sqlite_where=is_open, postgresql_where=is_open)
    op.create_index('ix_remark_parent_id', 'remark', ['parent_id', 'created_at'], unique=False, sqlite_where=sa.text('parent_id IS NOT NULL'), postgresql_where=sa.text('parent_id IS NOT NULL'))
    op.create_table('document_link',
    sa.Column('document_id', sa.String(length=120), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('target_kind', sa.String(length=30), nullable=False),
    sa.Column('target_id', sa.String(length=120), nullable=False),
    sa.Column('part', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_document_link_document_id')),
    sa.PrimaryKeyConstraint('document_id', 'language', 'target_kind', 'target_id', 'part', name=op.f('pk_document_link'))
    )
    op.create_index('ix_document_link_target_id', 'document_link', ['target_id'], unique=False)
    op.create_table('document_part',
    sa.Column('document_id', sa.String(length=120), nullable=False),
    sa.Column('part', sa.String(length=200), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_document_part_document_id')),
    sa.PrimaryKeyConstraint('document_id', 'part', 'language', name=op.f('pk_document_part'))
    )
    op.create_table('sync_conflict',
    sa.Column('document_id', sa.String(length=120), nullable=False),
    sa.Column('language', sa.String(length=8), nullable=False),
    sa.Column('path', sa.String(length=400), nullable=False),
    sa.Column('file_source', sa.LargeBinary(), nullable=True),
    sa.Column('file_digest', sa.String(length=64), nullable=True),
    sa.Column('published_id', sa.Integer(), nullable=True),
    sa.Column('found_at', Instant(), nullable=False),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_sync_conflict_document_id')),
    sa.ForeignKeyConstraint(['published_id'], ['revision.id'], name=op.f('fk_sync_conflict_published_id')),
    sa.PrimaryKeyConstraint('document_id', 'language', name=op.f('pk_sync_conflict'))
    )
    op.create_table('draft_writer',
    sa.Column('draft_id', sa.Uuid(), nullable=False),
    sa.Column('person_id', sa.Uuid(), nullable=False),
    sa.Column('seen_at', Instant(), nullable=False),
    sa.Column('wrote_at', Instant(), nullable=True),
    sa.ForeignKeyConstraint(['draft_id'], ['draft.id'], name=op.f('fk_draft_writer_draft_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_draft_writer_person_id')),
    sa.PrimaryKeyConstraint('draft_id', 'person_id', name=op.f('pk_draft_writer'))
    )
    op.create_table('saved_text',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('draft_id', sa.Uuid(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('aside', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('source', sa.LargeBinary(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('saved_by', sa.Uuid(), nullable=False),
    sa.Column('saved_at', Instant(), nullable=False),
    sa.ForeignKeyConstraint(['draft_id'], ['draft.id'], name=op.f('fk_saved_text_draft_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['saved_by'], ['person.id'], name=op.f('fk_saved_text_saved_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_text'))
    )
    op.create_index('ix_saved_text_draft_version', 'saved_text', ['draft_id', 'version'], unique=False)
    op.create_index('ix_acknowledgement_document_id', 'acknowledgement', ['document_id', 'at'], unique=False)
    op.add_column('document', sa.Column('redirect_to', sa.String(length=120), nullable=True))
    op.add_column('edition', sa.Column('owner', sa.String(length=254), nullable=True))
    op.add_column('edition', sa.Column('verify_every', sa.Integer(), nullable=True))
    op.add_column('edition', sa.Column('in_step', sa.Integer(), server_default=sa.text('0'), nullable=False))
    op.add_column('person', sa.Column('writes', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column('revision', sa.Column('note', sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column('revision', sa.Column('published_by', sa.Uuid(), nullable=True))
    op.add_column('revision', sa.Column('generation', sa.Integer(), server_default=sa.text('0'), nullable=False))
    op.create_index('ix_revision_changes', 'revision', ['document_id', 'language', 'materiality', 'generation', 'number'], unique=False)
    with op.batch_alter_table('search_entry') as table:
        table.add_column(sa.Column('part', sa.String(length=200), server_default=sa.text("''"), nullable=False))
        table.drop_constraint('uq_search_entry_document_id_language', type_='unique')
        table.create_unique_constraint('uq_search_entry_document_id_language_part', ['document_id', 'language', 'part'])
    remember_owners()
    take_stock_of_words()


def downgrade() -> None:
    op.execute("DELETE FROM search_entry WHERE part <> ''")
    with op.batch_alter_table('search_entry') as table:
        table.drop_constraint('uq_search_entry_document_id_language_part', type_='unique')
        table.create_unique_constraint('uq_search_entry_document_id_language', ['document_id', 'language'])
        table.drop_column('part')
    op.drop_table('search_word')
    op.drop_index('ix_revision_changes', table_name='revision')
    op.drop_column('revision', 'generation')
    op.drop_column('revision', 'published_by')
    op.drop_column('revision', 'note')
    op.drop_column('person', 'writes')
    op.drop_column('edition', 'in_step')
    op.drop_column('edition', 'verify_every')
    op.drop_column('edition', 'owner')
    op.drop_column('document', 'redirect_to')
    op.drop_index('ix_acknowledgement_document_id', table_name='acknowledgement')
    op.drop_index('ix_saved_text_draft_version', table_name='saved_text')
    op.drop_table('saved_text')
    op.drop_table('draft_writer')
    op.drop_table('sync_conflict')
    op.drop_index('ix_document_link_target_id', table_name='document_link')
    op.drop_table('document_link')
    op.drop_table('document_part')
    op.drop_index('ix_remark_parent_id', table_name='remark')
    op.drop_index('ix_remark_open', table_name='remark')
    op.drop_index('ix_remark_document_id', table_name='remark')
    op.drop_index('ix_remark_author_id', table_name='remark')
    op.drop_table('remark')
    op.drop_table('draft')
    op.drop_table('verification')
    op.drop_table('lapse_notice')
    op.drop_table('archive_part')
    op.drop_table('archive_upload')
    op.drop_index('ix_attachment_digest', table_name='attachment')
    op.drop_table('attachment')
    op.drop_table('vain_search')
    op.drop_table('round')
    op.drop_table('blob')
