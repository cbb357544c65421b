#!/bin/sh
# run.sh BUILD TARGET... - libFuzzer on each target in turn, FUZZ_JOBS processes at
# once, for FUZZ_SECONDS, or FUZZ_RUNS executions of each process.
#
# Each process begins with the corpus and writes what it finds to a folder of its
# own, so that the same seed gives the same run: BUILD/runs/TARGET.JOB, beside it
# TARGET.JOB.log.  An input that ends in a failure is in BUILD/findings.
set -u
build=$1
shift
here=$(dirname "$0")
jobs=${FUZZ_JOBS:-2}
jobs=${jobs:-2}
seed=${FUZZ_SEED:-1}
seed=${seed:-1}
limit=-max_total_time=${FUZZ_SECONDS:-60}
[ -z "${FUZZ_SECONDS:-}" ] && limit=-max_total_time=60
[ -n "${FUZZ_RUNS:-}" ] && limit=-runs=$FUZZ_RUNS
failed=0
mkdir -p "$build/runs" "$build/findings"

# What was freed is watched for a while; 256 MiB of it are slow, and are not needed.
asan=quarantine_size_mb=16:malloc_context_size=12

# libFuzzer weighs by addresses, which must then be the same in each run.
fixed='setarch -R'
$fixed true 2>/dev/null || fixed=

# Options that a target asks for in its first comment.
options() {
	sed -n 's/^ \* fuzz: //p' "$here/fuzz_$1.c"
}

asan_options() {
	echo "$asan:$(sed -n 's/^ \* asan: //p' "$here/fuzz_$1.c"):${ASAN_OPTIONS:-}"
}

# one TARGET JOB
one() {
	work=$build/runs/$1.$2
	dict=$here/$1.dict
	rm -rf "$work"
	mkdir -p "$work" "$here/corpus/$1"
	# Options are words.
	# shellcheck disable=SC2046,SC2086
	ASAN_OPTIONS=$(asan_options "$1") nice $fixed "$build/tests/fuzz/fuzz_$1" "$limit" \
		-seed=$((seed + $2 - 1)) -timeout=10 -rss_limit_mb=1024 \
		-malloc_limit_mb=512 -reload=0 -print_final_stats=1 \
		-artifact_prefix="$build/findings/$1-" \
		$([ -f "$dict" ] && echo "-dict=$dict") $(options "$1") \
		"$work" "$here/corpus/$1" >"$work.log" 2>&1
}

# stat NAME LOG...: the sum over logs
stat() {
	name=$1
	shift
	cat "$@" | awk -v name="stat::$name:" '$1 == name { n += $2 }
		END { printf "%d", n }'
}

for target; do
	pids=
	logs=
	job=1
	while [ "$job" -le "$jobs" ]; do
		one "$target" "$job" &
		pids="$pids $!"
		logs="$logs $build/runs/$target.$job.log"
		job=$((job + 1))
	done
	verdict=ok
	for pid in $pids; do
		wait "$pid" || verdict=FAIL
	done
	# $logs is a list of words.
	# shellcheck disable=SC2086
	printf '  %-4s  %-10s %11d executions, %d new inputs\n' "$verdict" \
		"$target" "$(stat number_of_executed_units $logs)" \
		"$(stat new_units_added $logs)"
	[ "$verdict" = ok ] && continue
	failed=$((failed + 1))
	# shellcheck disable=SC2086
	grep -hE 'does not hold|ERROR|runtime error|Test unit written' $logs
done
echo "fuzz: $(($# - failed)) passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
