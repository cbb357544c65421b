#!/usr/bin/env python3
"""mutate.py - change the fold and the basis in small ways, and see that tests fail.

Each mutant is compiled by itself and laid over the library that the tests were
linked with (LD_PRELOAD), so that nothing else is built or linked.  One whose object is
byte for byte that of the source is the same program and counts for nothing; so do those
in equivalent.txt, each with its reason.

What survives all of these is linked with one test more, the slow one that counts memory.

usage: mutate.py [--sample N] [--seed N] [--jobs N] [--limit SECONDS] [--only TEXT]
                 --cc COMMAND --test COMMAND... --link COMMAND [--] FILE...
       (COMMAND of --link: {object} is the mutant, {program} what is made of it)
"""
import argparse
import concurrent.futures
import os
import random
import resource
import shlex
import shutil
import subprocess
import sys
import tempfile
import time

import source

LEAST = 90  # per cent killed
MEMORY = 4 << 30
PATIENCE = 10  # times the processor's time that is allowed, when others use it too


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--limit", type=int, default=20)
    parser.add_argument("--only", default="")
    parser.add_argument("--cc", required=True)
    parser.add_argument("--test", action="append", required=True)
    parser.add_argument("--link", required=True)
    parser.add_argument("files", nargs="+")
    return parser.parse_args()


def equivalents(folder):
    """The names in the file beside this one; those of a block share its reason."""
    with open(os.path.join(folder, "equivalent.txt"), encoding="utf-8") as lines:
        return {line.rstrip("\n") for line in lines
                if line.strip() and not line.startswith(("#", "\t"))}


def confine(seconds):
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class Bench:
    """What it takes to compile a mutant and to run the tests over it."""

    def __init__(self, args, folder):
        self.args, self.folder = args, folder
        self.cc = shlex.split(args.cc)
        self.tests = [shlex.split(test) for test in args.test]
        self.plain = {}

    def compile(self, path, text, folder):
        """The bytes of the object, or None; and its file."""
        name = os.path.join(folder, "mutant.c")
        with open(name, "w", encoding="utf-8") as file:
            file.write(f'#line 1 "{path}"\n' + text)
        done = subprocess.run(self.cc + ["-w", "-c", name, "-o", name + ".o"],
                              capture_output=True, check=False)
        if done.returncode != 0:
            return None
        with open(name + ".o", "rb") as file:
            return file.read()

    def run(self, test, folder, over):
        """Whether the test passes, in time, over a library."""
        env = dict(os.environ, TMPDIR=folder)
        if over:
            env["LD_PRELOAD"] = over
        process = subprocess.Popen(test, env=env, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL,
                                   preexec_fn=lambda: confine(self.args.limit),
                                   start_new_session=True)
        try:
            return process.wait(PATIENCE * self.args.limit) == 0
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return False

    def run_linked(self, folder):
        """The same of the test that takes objects, over the one in the folder."""
        program = os.path.join(folder, "linked")
        made = os.path.join(folder, "mutant.c.o")
        subprocess.run(shlex.split(self.args.link.format(object=made,
                                                         program=program)),
                       check=True)
        return self.run([program], folder, None)

    def judge(self, mutant, text):
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            made = self.compile(mutant.path, mutant.apply(text), folder)
            if made is None:
                return "not compiled"
            if made == self.plain[mutant.path]:
                return "same object"
            over = os.path.join(folder, "mutant.so")
            subprocess.run(self.cc[:1] + ["-shared", "-o", over,
                                          os.path.join(folder, "mutant.c.o")],
                           check=True)
            for test in self.tests:
                if not self.run(test, folder, over):
                    return "killed by " + os.path.basename(test[0])
            return "survived" if self.run_linked(folder) else "killed by linked"


def prepare(bench, texts):
    """The source as it is must compile and pass, or nothing that follows counts."""
    for path, text in texts.items():
        with tempfile.TemporaryDirectory(dir=bench.folder) as folder:
            bench.plain[path] = bench.compile(path, text, folder)
            if path == next(iter(texts)) and not bench.run_linked(folder):
                sys.exit("mutate: the linked test fails as it is")
        if bench.plain[path] is None:
            sys.exit(f"mutate: {path} does not compile")
    for test in bench.tests:
        began = time.monotonic()
        with tempfile.TemporaryDirectory(dir=bench.folder) as folder:
            if not bench.run(test, folder, None):
                sys.exit(f"mutate: {shlex.join(test)} fails as it is")
        print(f"  {time.monotonic() - began:5.1f} s {shlex.join(test)}")


def choose(args, texts):
    mutants = [m for path, text in texts.items()
               for m in source.mutants_of(path, text) if args.only in m.name()]
    if args.sample and args.sample < len(mutants):
        chosen = sorted(random.Random(args.seed).sample(range(len(mutants)),
                                                        args.sample))
        return len(mutants), [mutants[i] for i in chosen]
    return len(mutants), mutants


def try_all(bench, mutants, texts, known):
    """How many have each verdict; survivors are named as they are found."""
    tally = {}
    with concurrent.futures.ThreadPoolExecutor(bench.args.jobs) as pool:
        verdicts = pool.map(lambda m: bench.judge(m, texts[m.path]), mutants)
        for mutant, verdict in zip(mutants, verdicts):
            called = mutant.known_as() in known
            if verdict == "survived" and called:
                verdict = "equivalent"
            elif verdict == "survived":
                print(f"  survived  {mutant.name()}", flush=True)
            elif verdict.startswith("killed") and called:
                print(f"  killed, but called equivalent: {mutant.name()}",
                      flush=True)
            tally[verdict] = tally.get(verdict, 0) + 1
    return tally


def check_known(texts, known):
    """Entries that name no mutant any more: the source has changed."""
    names = {m.known_as() for path, text in texts.items()
             for m in source.mutants_of(path, text)}
    for name in sorted(known - names):
        print(f"  equivalent.txt names no mutant: {name}")
    return known <= names


def report(args, count, tally):
    def number(verdict):
        return sum(n for v, n in tally.items() if v.startswith(verdict))

    for verdict, n in sorted(tally.items()):
        if verdict.startswith("killed by"):
            print(f"  {n:5} {verdict}")
    share = 100 * number("killed") / max(1, number("killed") + number("survived"))
    print(f"mutate: {number('')} of {count} mutants, seed {args.seed}: "
          f"{number('killed')} killed, {number('survived')} survived, "
          f"{number('equivalent')} equivalent, "
          f"{number('same object')} the same object, "
          f"{number('not compiled')} did not compile; {share:.1f} % killed")
    return share >= LEAST


def main():
    args = arguments()
    texts = {}
    for path in args.files:
        with open(path, encoding="utf-8") as file:
            texts[path] = file.read()
    folder = tempfile.mkdtemp(prefix="entente-mutate-")
    try:
        bench = Bench(args, folder)
        prepare(bench, texts)
        count, mutants = choose(args, texts)
        known = equivalents(os.path.dirname(os.path.abspath(__file__)))
        good = check_known(texts, known)
        good = report(args, count, try_all(bench, mutants, texts, known)) and good
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
