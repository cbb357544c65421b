#!/bin/sh
# replay.sh DIR TARGET... - each corpus through DIR/replay_TARGET.
set -u
dir=$1
shift
corpora=$(dirname "$0")/corpus
passed=0
failed=0

for target; do
	if said=$(timeout 60 "$dir/replay_$target" "$corpora/$target" 2>&1); then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "  FAIL  $target: $said"
	fi
done
echo "fuzz: $passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
