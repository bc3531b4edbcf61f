# SPDX-FileCopyrightText: 2026 The StreamCat contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a process and all that it started cost: processor time and memory, from /proc."""

import os
import signal
import time

TICKS = os.sysconf("SC_CLK_TCK")


def read_stat(pid):
    """Returns a process's parent and its own and its waited-for children's seconds, or None."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
            fields = file.read().rpartition(")")[2].split()
    except OSError:
        return None
    return int(fields[1]), sum(map(int, fields[11:15])) / TICKS


def family(root):
    """Returns the seconds of a process and of those that it started, by process."""
    try:
        names = [int(name) for name in os.listdir("/proc") if name.isdigit()]
    except OSError:
        return {}
    stats = {pid: stat for pid in names if (stat := read_stat(pid))}
    found = {root}
    while True:
        more = {pid for pid, (parent, _) in stats.items() if parent in found} - found
        if not more:
            return {pid: stats[pid][1] for pid in found if pid in stats}
        found |= more


def sum_rollup(pid, *names):
    try:
        with open(f"/proc/{pid}/smaps_rollup", encoding="utf-8") as file:
            lines = file.read().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith(names)) / 1000


def proportional_megabytes(pid):
    """Returns what a process uses of memory, with its share of what it shares."""
    return sum_rollup(pid, "Pss:")


def own_megabytes(pid):
    """Returns what a process uses of memory but for files, whose share depends on who else runs."""
    return sum_rollup(pid, "Pss_Anon:", "Pss_Shmem:")


class Usage:
    """From its making on."""

    def __init__(self, pid):
        self.pid, self.begin, self.seconds = pid, time.time(), family(pid)

    def since(self):
        """Returns processor seconds a minute and megabytes, or None twice without /proc."""
        now = family(self.pid)
        if not now:
            return None, None
        used = sum(seconds - self.seconds.get(pid, 0) for pid, seconds in now.items())
        memory = sum(proportional_megabytes(pid) for pid in now)
        return used * 60 / (time.time() - self.begin), memory


def show(value, width, digits):
    return f"{'-':>{width}}" if value is None else f"{value:{width}.{digits}f}"


def kill_group(process):
    """Ends a process that leads a session, with all that it started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()
