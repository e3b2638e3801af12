-- Two roles for PostgreSQL: the owner, who upgrades the tables, and the application, which can add to the audit record and not change it.
-- Run by the owner after `xaso migrate`, and again after each upgrade that adds tables:
--   psql -d xaso -v app=xaso_app -f deploy/postgresql-roles.sql
GRANT USAGE ON SCHEMA public TO :"app";
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO :"app";
GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO :"app";
REVOKE UPDATE, DELETE, TRUNCATE, TRIGGER ON audit_auditentry, audit_auditlink FROM :"app";
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON django_migrations FROM :"app";
