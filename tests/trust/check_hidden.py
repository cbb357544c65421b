#!/usr/bin/env python3
"""check_hidden.py PROGRAM ARG... - no core dump of a process that is writing.

The program runs with core dumps allowed, and its output goes to a pipe that is
full: it cannot end before it was looked at.
"""
import os
import resource
import subprocess
import sys
import time


def fill(fd):
    os.set_blocking(fd, False)
    try:
        while True:
            os.write(fd, b"x" * 4096)
    except BlockingIOError:
        os.set_blocking(fd, True)


def core_limit(pid):
    with open(f"/proc/{pid}/limits") as limits:
        return next(line for line in limits if line.startswith("Max core")).split()[4:6]


def hides(process):
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        if core_limit(process.pid) == ["0", "0"]:
            return True
        time.sleep(0.01)
    return False


def main():
    end, start = os.pipe()
    fill(start)
    most = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (most, most))
    process = subprocess.Popen(sys.argv[1:], stdout=start)
    os.close(start)
    hidden = hides(process)
    while os.read(end, 65536):
        pass
    if process.wait() != 0:
        sys.exit("the program failed")
    if not hidden:
        sys.exit("it may leave a core dump")


main()
