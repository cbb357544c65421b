// duckdb.cjs PACKAGE DATABASE - DuckDB behind a pair of pipes.
//
// In: frames of a kind ('A', 'Q'), its length and as many bytes, little-endian.
// Out: one line for each: the seconds of the work alone, the number of numbers,
// the numbers.  'A' is a chunk of rows, each BATCH of them a transaction; 'Q' is
// SQL, whose rows are answered.  Ends when its input does.
'use strict';
const { createRequire } = require('module');
const fs = require('fs');

const [, , where, database] = process.argv;
const BATCH = 1000;
const HEAD = 48;

function load() {
	const from = where ? createRequire(where + '/x.js') : require;
	return from('@duckdb/node-api');
}

const seconds = () => Number(process.hrtime.bigint()) / 1e9;

// Exactly n bytes, or null at the end.
function read(n) {
	const out = Buffer.alloc(n);
	for (let at = 0; at < n;) {
		const got = fs.readSync(0, out, at, n - at, null);
		if (got === 0)
			return null;
		at += got;
	}
	return out;
}

function appendRow(appender, data, at) {
	const size = data.readUInt32LE(at + 40);
	appender.appendBigInt(data.readBigInt64LE(at));
	appender.appendBigInt(data.readBigInt64LE(at + 8));
	for (let column = 0; column < 6; column++)
		appender.appendInteger(data.readInt32LE(at + 16 + 4 * column));
	appender.appendInteger(data.readInt32LE(at + 44));
	appender.appendBlob(data.subarray(at + HEAD, at + HEAD + size));
	appender.endRow();
	return at + HEAD + size;
}

async function append(connection, data) {
	const start = seconds();
	for (let at = 0; at < data.length;) {
		await connection.run('BEGIN');
		const appender = await connection.createAppender('ev');
		for (let i = 0; i < BATCH && at < data.length; i++)
			at = appendRow(appender, data, at);
		appender.closeSync();
		await connection.run('COMMIT');
	}
	return [seconds() - start, []];
}

async function query(connection, data) {
	const sql = data.toString();
	const start = seconds();
	const reader = await connection.runAndReadAll(sql);
	const rows = reader.getRows();
	const took = seconds() - start;
	return [took, rows.flat().map(cell => typeof cell === 'bigint' || typeof cell === 'number' ? cell : 0)];
}

async function main() {
	const { DuckDBInstance } = load();
	let instance = await DuckDBInstance.create(database, { threads: '2', memory_limit: '4GB' });
	let connection = await instance.connect();
	await connection.run('CREATE TABLE IF NOT EXISTS ev(seq BIGINT, fixes BIGINT, alliance INT,' +
		' actor INT, day INT, phase INT, type INT, status INT, until INT, body BLOB)');
	fs.writeSync(1, 'ready\n');
	for (;;) {
		const head = read(8);
		if (!head)
			break;
		const data = read(head.readUInt32LE(4));
		const work = head[0] === 65 ? append : query;
		const [took, numbers] = await work(connection, data);
		fs.writeSync(1, [took.toFixed(9), numbers.length, ...numbers].join(' ') + '\n');
	}
	connection.closeSync();
	instance.closeSync();
}

main().catch(error => {
	fs.writeSync(1, 'failed ' + String(error.message || error).split('\n')[0].slice(0, 200) + '\n');
	process.exit(1);
});
