#!/bin/sh
# Makes the namespace in which requests are kept, unless it is there. TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE are given.
# What has ended is kept for 30 days, for who wants to look back; the log in PostgreSQL keeps it for good.
set -eu

temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1 ||
    temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention 30d
