"""Simple mutants of C in the style of this project: where they are, and their text.

A function's body starts with a line "{" and ends with a line "}"; nothing outside of
bodies is changed, nor what is within assert().
"""
import re

TOKEN = re.compile(r"""
    (?P<skip>\s+|/\*.*?\*/|//[^\n]*|^\#[^\n]*)
  | (?P<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')
  | (?P<number>\d[0-9a-zA-Z.]*)
  | (?P<word>[A-Za-z_]\w*)
  | (?P<sign><<=|>>=|->|\+\+|--|<<|>>|[<>=!+\-*/%&|^]=|&&|\|\||.)
""", re.X | re.S | re.M)

SWAPS = {
    "<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==",
    "&&": "||", "||": "&&", "+=": "-=", "-=": "+=", "++": "--", "--": "++",
    "<<": ">>", ">>": "<<", "|=": "&=", "&=": "|=",
}
BINARY = {"+": "-", "-": "+", "&": "|", "|": "&"}
KEYWORDS = {
    "return", "if", "for", "while", "do", "switch", "case", "default", "else",
    "static", "const", "struct", "enum", "goto", "sizeof",
}


class Token:
    def __init__(self, kind, text, start, end):
        self.kind, self.text, self.start, self.end = kind, text, start, end


class Mutant:
    def __init__(self, path, function, line, what, start, end, new):
        self.path, self.line, self.what = path, line, what
        self.function = function
        self.start, self.end, self.new = start, end, new

    def apply(self, text):
        return text[:self.start] + self.new + text[self.end:]

    def name(self):
        return f"{self.path}:{self.line}: {self.what}"

    def known_as(self):
        """Without the line, which moves with everything above it."""
        return f"{self.path} {self.function}: {self.what}"


def bodies(text):
    """(head, start, end) of each function: head is the text before its body."""
    behind = 0
    for match in re.finditer(r"^\{\n(.*?)^\}\n", text, re.M | re.S):
        yield text[behind:match.start()], match.start(1), match.end(1)
        behind = match.end()


def tokens_of(text, start, end):
    found = []
    for match in TOKEN.finditer(text, start, end):
        if match.lastgroup != "skip":
            found.append(Token(match.lastgroup, match.group(), match.start(),
                               match.end()))
    return found


def closing(tokens, at):
    """The place of the bracket that closes the one at `at`."""
    depth = 0
    for i in range(at, len(tokens)):
        if tokens[i].text in "([{":
            depth += 1
        elif tokens[i].text in ")]}":
            depth -= 1
            if depth == 0:
                return i
    return len(tokens) - 1


def in_asserts(tokens):
    places = set()
    for i, token in enumerate(tokens):
        if token.text in ("assert", "static_assert"):
            places.update(range(i, closing(tokens, i + 1) + 1))
    return places


def is_operand(token):
    return token.kind in ("number", "word", "text") and \
        token.text not in KEYWORDS or token.text in ")]"


def only_sign_counts(tokens, i):
    """Is it one of "? -1 : 1", as those give who compare?"""
    near = " ".join(t.text for t in tokens[max(0, i - 4):i + 4])
    return tokens[i].text == "1" and "? - 1 :" in near


def compares(tokens, i):
    """Is it the sign in "a < b ? -1 : 1;"?"""
    near = " ".join(t.text for t in tokens[i:i + 14])
    return re.match(r"< [^;?]* \? - 1 : 1 ;", near) is not None


def differ(tokens, i):
    """Is it in what "if (a != b)" guards?"""
    line = [t.text for t in tokens[max(0, i - 20):i]]
    start = max((k for k, text in enumerate(line) if text == "return"), default=0)
    return line[start - 1:start] == [")"] and "!=" in line[:start]


def swaps(tokens, i):
    token = tokens[i]
    if token.kind == "number":
        nothing = tokens[i - 1].text == "{" and tokens[i + 1].text == "}"
        if re.fullmatch(r"\d+u?", token.text) and not nothing:  # nor "{ 0 }"
            value = int(token.text.rstrip("u"))
            if not only_sign_counts(tokens, i):
                yield token.text, str(value + 1)
            yield token.text, str(value - 1) if value else "(-1)"
    elif compares(tokens, i) and differ(tokens, i):
        return  # of two that differ it is the same
    elif token.text in SWAPS:
        yield token.text, SWAPS[token.text]
    elif token.text in BINARY and i > 0 and is_operand(tokens[i - 1]):
        yield token.text, BINARY[token.text]


def conditions(tokens):
    """(start, end) in tokens of what if, while, for and ?: ask."""
    for i, token in enumerate(tokens):
        if token.text in ("if", "while") and tokens[i + 1].text == "(":
            yield i + 2, closing(tokens, i + 1)
        elif token.text == "for":
            end, parts, depth = closing(tokens, i + 1), [i + 1], 0
            for j in range(i + 2, end):
                depth += tokens[j].text in "([{"
                depth -= tokens[j].text in ")]}"
                if tokens[j].text == ";" and depth == 0:
                    parts.append(j)
            if len(parts) == 3 and parts[2] > parts[1] + 1:
                yield parts[1] + 1, parts[2]


def is_declaration(tokens, i):
    first, second, third = (tokens[i + k].text if i + k < len(tokens) else ""
                            for k in range(3))
    if first in KEYWORDS:
        return True
    if tokens[i].kind != "word":
        return False
    if re.match(r"[A-Za-z_]", second):
        return True
    return second == "*" and re.match(r"[A-Za-z_*]", third) is not None


def statements(tokens):
    """(start, end) in tokens of calls and assignments, end at the semicolon."""
    start = True
    i = 0
    while i < len(tokens):
        text = tokens[i].text
        if text in ("if", "while", "for", "switch") and \
                i + 1 < len(tokens) and tokens[i + 1].text == "(":
            i = closing(tokens, i + 1) + 1
            start = True
            continue
        if text in ("{", "}", ";", "else", "do") or \
                (text == ":" and tokens[i - 1].kind != "sign"):
            start = True
        elif start:
            start = False
            end = i
            while end < len(tokens) and tokens[end].text != ";":
                end = closing(tokens, end) + 1 if tokens[end].text in "([{" \
                    else end + 1
            if end < len(tokens) and not is_declaration(tokens, i):
                yield i, end
            i = end
            continue
        i += 1


def last_of(head):
    """The head itself, without what stands above it."""
    return re.split(r"[;}]|\*/|^#[^\n]*$", head.strip(), flags=re.M)[-1].strip()


def name_in(head):
    found = re.search(r"(\w+)\(", last_of(head))
    return found.group(1) if found else ""


def early_returns(head):
    """What a function of that head may return without having done anything."""
    last = last_of(head)
    kind = re.split(r"\w+\(", last, maxsplit=1)[0]
    kind = re.sub(r"\b(static|inline|const|ENT_API)\b", "", kind).strip()
    if kind == "void":
        return ["return;"]
    if kind == "bool":
        return ["return false;", "return true;"]
    if kind.endswith("*"):
        return ["return NULL;"]
    if re.fullmatch(r"int|size_t|u?int\d+_t|unsigned", kind):
        return ["return 0;"]
    return []


def one_line(text):
    text = re.sub(r"\s+", " ", text).strip()
    return text if len(text) <= 60 else text[:57] + "..."


def mutants_of_body(path, text, head, start, end):
    tokens = tokens_of(text, start, end)
    untouched = in_asserts(tokens)
    function = name_in(head)

    def make(what, first, behind, new):
        return Mutant(path, function, text.count("\n", 0, first) + 1, what,
                      first, behind, new)

    def source(i, j):
        return text[tokens[i].start:tokens[j - 1].end]

    for new in early_returns(head):
        yield make("at once " + new, start, start, "\t" + new + " ")
    for i, token in enumerate(tokens):
        if i in untouched:
            continue
        for old, new in swaps(tokens, i):
            near = one_line(text[max(start, token.start - 16):token.start]) + \
                " [" + old + " -> " + new + "] " + \
                one_line(text[token.end:min(end, token.end + 16)])
            yield make(near.strip(), token.start, token.end, new)
        if token.text == "return" and tokens[i + 1].text in ("true", "false"):
            other = "false" if tokens[i + 1].text == "true" else "true"
            yield make(f"return {other}", tokens[i + 1].start,
                       tokens[i + 1].end, other)
    for i, j in conditions(tokens):
        asked = source(i, j)
        yield make(f"not: {one_line(asked)}", tokens[i].start,
                   tokens[j - 1].end, f"!({asked})")
    for i, j in statements(tokens):
        if i not in untouched:
            yield make(f"without: {one_line(source(i, j))}", tokens[i].start,
                       tokens[j].start, "")


def mutants_of(path, text):
    for head, start, end in bodies(text):
        yield from mutants_of_body(path, text, head, start, end)
