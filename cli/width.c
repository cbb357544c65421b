/*
 * width.c - columns of characters: 0 for marks that sit on another, 2 for the
 * wide ones of East Asia and for pictures, 1 for all others.
 * Source: Unicode 15, EastAsianWidth.txt (W, F) and general category Mn, Me;
 * neighbouring blocks are joined.
 */
#include "width.h"
#include "safe.h"

#include <string.h>

struct range {
	uint32_t first;
	uint32_t last;
};

static const struct range marks[] = {
	{ 0x0300, 0x036F }, { 0x0483, 0x0489 }, { 0x0591, 0x05BD },
	{ 0x05BF, 0x05BF }, { 0x05C1, 0x05C2 }, { 0x05C4, 0x05C5 },
	{ 0x05C7, 0x05C7 }, { 0x0610, 0x061A }, { 0x064B, 0x065F },
	{ 0x0670, 0x0670 }, { 0x06D6, 0x06DC }, { 0x06DF, 0x06E4 },
	{ 0x06E7, 0x06E8 }, { 0x06EA, 0x06ED }, { 0x0900, 0x0902 },
	{ 0x093A, 0x093A }, { 0x093C, 0x093C }, { 0x0941, 0x0948 },
	{ 0x094D, 0x094D }, { 0x0E31, 0x0E31 }, { 0x0E34, 0x0E3A },
	{ 0x0E47, 0x0E4E }, { 0x1AB0, 0x1AFF }, { 0x1DC0, 0x1DFF },
	{ 0x20D0, 0x20F0 }, { 0x302A, 0x302D }, { 0x3099, 0x309A },
	{ 0xFE00, 0xFE0F }, { 0xFE20, 0xFE2F }
};

static const struct range wide[] = {
	{ 0x1100, 0x115E }, { 0x231A, 0x231B }, { 0x23E9, 0x23EC },
	{ 0x2614, 0x2615 }, { 0x26A1, 0x26A1 }, { 0x2705, 0x2705 },
	{ 0x274C, 0x274C }, { 0x2753, 0x2755 }, { 0x2757, 0x2757 },
	{ 0x2B1B, 0x2B1C }, { 0x2E80, 0x303E }, { 0x3041, 0x33FF },
	{ 0x3400, 0x4DBF }, { 0x4E00, 0xA4CF }, { 0xA960, 0xA97F },
	{ 0xAC00, 0xD7A3 }, { 0xF900, 0xFAFF }, { 0xFE30, 0xFE6F },
	{ 0xFF01, 0xFF60 }, { 0xFFE0, 0xFFE6 }, { 0x16FE0, 0x18CFF },
	{ 0x1B000, 0x1B2FF }, { 0x1F004, 0x1F004 }, { 0x1F0CF, 0x1F0CF },
	{ 0x1F18E, 0x1F18E }, { 0x1F191, 0x1F19A }, { 0x1F1E6, 0x1F320 },
	{ 0x1F32D, 0x1F64F }, { 0x1F680, 0x1F6FF }, { 0x1F7E0, 0x1F7EB },
	{ 0x1F90C, 0x1F9FF }, { 0x1FA70, 0x1FAFF }, { 0x20000, 0x3FFFD }
};

static bool in(const struct range *ranges, size_t n, uint32_t cp)
{
	size_t low = 0;

	while (low < n) {
		size_t mid = low + (n - low) / 2;

		if (cp < ranges[mid].first)
			n = mid;
		else if (cp > ranges[mid].last)
			low = mid + 1;
		else
			return true;
	}
	return false;
}

static size_t columns_of(uint32_t cp)
{
	if (cp < 0x300)
		return 1;
	if (in(marks, sizeof(marks) / sizeof(*marks), cp))
		return 0;
	return in(wide, sizeof(wide) / sizeof(*wide), cp) ? 2 : 1;
}

size_t width_of(const char *str)
{
	size_t columns = 0, left = strlen(str), n;
	uint32_t cp;

	for (; left > 0; str += n, left -= n) {
		n = safe_decode(str, left, &cp);
		columns += columns_of(cp);
	}
	return columns;
}

size_t width_cut(const char *str, size_t columns)
{
	size_t left = strlen(str), used = 0, n;
	const char *at = str;
	uint32_t cp;

	for (; left > 0; at += n, left -= n) {
		n = safe_decode(at, left, &cp);
		used += columns_of(cp);
		if (used > columns)
			break;
	}
	return (size_t)(at - str);
}
