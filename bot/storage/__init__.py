"""The database: SQLAlchemy Core tables, repositories that keep the ports' promises, migrations."""
