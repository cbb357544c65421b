#!/bin/sh
# make.sh OUTPUT - write the table of countries from iso-codes, or an empty one
# with a warning where that is not installed.  ISO_CODES names its folder of JSON.
set -eu

here=$(dirname "$0")
out=$1
if [ -z "${ISO_CODES-}" ]; then
	prefix=$(${PKG_CONFIG:-pkg-config} --variable=prefix iso-codes 2>/dev/null) ||
		prefix=
	ISO_CODES=${prefix:-/usr}/share/iso-codes/json
fi

{
	echo '/* Made by cli/countries/make.sh from iso-codes. */'
	if [ -r "$ISO_CODES/iso_3166-1.json" ] && [ -r "$ISO_CODES/iso_3166-3.json" ]; then
		awk -f "$here/make.awk" "$ISO_CODES/iso_3166-1.json" \
			"$ISO_CODES/iso_3166-3.json" | LC_ALL=C sort
	else
		echo "warning: no iso-codes in $ISO_CODES: names of countries will be missing" >&2
	fi
} >"$out.tmp"
mv "$out.tmp" "$out"
