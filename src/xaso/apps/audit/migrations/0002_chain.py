from typing import Any

from django.db import migrations, models

from xaso.platform.append_only import append_only

NOBODY = {"sqlite": "'" + "0" * 32 + "'", "postgresql": "'00000000-0000-0000-0000-000000000000'::uuid"}
SQLITE = """
CREATE TRIGGER audit_auditentry_waits AFTER INSERT ON audit_auditentry
BEGIN INSERT INTO audit_unsealedentry (entry_id, chain) VALUES (NEW.id, coalesce(NEW.commune_id, {nobody})); END;
"""
POSTGRESQL = """
CREATE FUNCTION audit_auditentry_waits() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
INSERT INTO audit_unsealedentry (entry_id, chain) VALUES (NEW.id, coalesce(NEW.commune_id, {nobody}));
RETURN NULL;
END $$;
CREATE TRIGGER audit_auditentry_waits AFTER INSERT ON audit_auditentry FOR EACH ROW EXECUTE FUNCTION audit_auditentry_waits();
"""
WRITTEN_BEFORE = "INSERT INTO audit_unsealedentry (entry_id, chain) SELECT id, coalesce(commune_id, {nobody}) FROM audit_auditentry"
UNDO = {
    "sqlite": "DROP TRIGGER audit_auditentry_waits",
    "postgresql": "DROP TRIGGER audit_auditentry_waits ON audit_auditentry; DROP FUNCTION audit_auditentry_waits();",
}


def queue_what_is_written(_apps: Any, schema_editor: Any) -> None:
    vendor = schema_editor.connection.vendor
    for sql in (SQLITE if vendor == "sqlite" else POSTGRESQL, WRITTEN_BEFORE):
        schema_editor.execute(sql.format(nobody=NOBODY[vendor]))


def queue_nothing(_apps: Any, schema_editor: Any) -> None:
    schema_editor.execute(UNDO[schema_editor.connection.vendor])


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='AuditChain',
            fields=[
                ('chain', models.UUIDField(primary_key=True, serialize=False)),
                ('links', models.PositiveBigIntegerField(default=0)),
                ('digest', models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='UnsealedEntry',
            fields=[
                ('entry_id', models.UUIDField(primary_key=True, serialize=False)),
                ('chain', models.UUIDField()),
            ],
        ),
        migrations.CreateModel(
            name='AuditLink',
            fields=[
                ('entry_id', models.UUIDField(primary_key=True, serialize=False)),
                ('chain', models.UUIDField()),
                ('number', models.PositiveBigIntegerField()),
                ('sealed_at', models.DateTimeField()),
                ('content', models.CharField(max_length=64)),
                ('digest', models.CharField(max_length=64)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('chain', 'number'), name='one_link_a_place')],
            },
        ),
        append_only("audit_auditlink", ("chain", "number"), primary="entry_id"),
        migrations.RunPython(queue_what_is_written, queue_nothing),
    ]
