#!/bin/sh
# duckdb.sh FOLDER - print the folder whose node_modules has DuckDB's package.
#
# That is $DUCKDB_NODE, or nothing where node finds the package by itself, or
# FOLDER, into which it is fetched where there is npm and a network.  None of that
# is needed: without the package the bench leaves DuckDB out.
set -u
version=1.5.6-r.1

finds() {
	node -e "require('module').createRequire(process.argv[1] + '/x.js')('@duckdb/node-api')" \
		"$1" >/dev/null 2>&1
}

if [ -n "${DUCKDB_NODE:-}" ]; then
	echo "$DUCKDB_NODE"
	exit 0
fi
command -v node >/dev/null 2>&1 || exit 0
node -e "require('@duckdb/node-api')" >/dev/null 2>&1 && exit 0
mkdir -p "$1" || exit 0
folder=$(cd "$1" && pwd)
if ! finds "$folder" && command -v npm >/dev/null 2>&1; then
	npm install --prefix "$folder" --no-audit --no-fund --silent \
		"@duckdb/node-api@$version" >/dev/null 2>&1
fi
echo "$folder"
