#!/bin/sh
# Brings Temporal's two databases to the schema of this release of Temporal. Safe to run again. SQL_PASSWORD is given.
set -eu

bring_up_to_date() { # database, folder of its schema
    sql_tool="temporal-sql-tool --plugin postgres12 --endpoint postgres --port 5432 --user temporal --database $1"
    $sql_tool setup-schema --version 0.0
    $sql_tool update-schema --schema-dir "/etc/temporal/schema/postgresql/v12/$2/versioned"
}

bring_up_to_date temporal temporal
bring_up_to_date temporal_visibility visibility
