#!/bin/sh
# Gives Startloket and Temporal each a role and databases of their own, closed to all others. Runs once, when the volume
# is new. Startloket's role owns its database and is no superuser.
set -eu

psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username="${POSTGRES_USER:-postgres}" --dbname=postgres \
    --set=startloket_password="$DB_PASSWORD_STARTLOKET" --set=temporal_password="$DB_PASSWORD_TEMPORAL" <<'SQL'
create role startloket login password :'startloket_password';
create role temporal login password :'temporal_password';
create database startloket owner startloket;
create database temporal owner temporal;
create database temporal_visibility owner temporal;
revoke all on database startloket, temporal, temporal_visibility, postgres from public;
SQL
