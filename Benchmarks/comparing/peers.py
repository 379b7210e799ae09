"""The programs that are compared: which are here, and how one of them is measured.

Each takes a workload's name and a count and prints the nanoseconds of so many operations, wall and processor, or
ends with code 3 when it does not have the workload. `i_echo` is a server that prints its port, `l_start` ends
when one task has, and `m_sleep` prints bytes.
"""

import pathlib
import shutil
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent.parent
BUILD = HERE / ".build"
C = str(BUILD / "release/c-workloads")


def attempt(*command):
    """Runs a command; its last line of errors when it fails."""
    result = subprocess.run(command, capture_output=True, text=True)
    return None if result.returncode == 0 else (result.stderr.strip() or "it failed").splitlines()[-1]


def find():
    """The commands of the peers that are here; says of others why they are not."""
    found = {
        "runner": [str(BUILD / "release/runner-workloads")],
        "swift": [str(BUILD / "release/swift-workloads")],
    }
    missing = {}

    def add(name, command, problem):
        if problem is None:
            found[name] = command
        else:
            missing[name] = problem

    nio = str(HERE / "peers/nio")
    add("nio", [str(BUILD / "nio/release/nio-workloads")],
        attempt("swift", "build", "--package-path", nio, "--scratch-path", str(BUILD / "nio"),
                "--configuration", "release", "--product", "nio-workloads"))
    python = [sys.executable, str(HERE / "peers/asyncio_workloads.py")]
    found["asyncio"] = python
    add("uvloop", python, attempt(*python, "c_seq", "1", "uvloop"))
    add("node", ["node", str(HERE / "peers/node_workloads.mjs")],
        None if shutil.which("node") else "there is no 'node'")
    binary = str(BUILD / "go-workloads")
    add("go", [binary],
        attempt("go", "build", "-o", binary, str(HERE / "peers/go/workloads.go"))
        if shutil.which("go") else "there is no 'go'")
    add("tokio", [str(BUILD / "tokio/release/tokio-workloads")], build_tokio())
    found["c"] = [C]
    for name, reason in missing.items():
        print(f"Without {name}: {reason}.", file=sys.stderr)
    return found


def build_tokio():
    if not shutil.which("cargo"):
        return "there is no 'cargo'"
    command = ["cargo", "build", "--quiet", "--release", "--target-dir", str(BUILD / "tokio"),
               "--manifest-path", str(HERE / "peers/tokio/Cargo.toml")]
    problem = attempt(*command)
    debian = pathlib.Path("/usr/share/cargo/registry")
    if problem is not None and debian.is_dir():
        problem = attempt(*command, "--offline", "--config", f'source.debian.directory="{debian}"',
                          "--config", 'source.crates-io.replace-with="debian"')
    return problem


def measure(command, peer, workload, count):
    """Nanoseconds or bytes an operation, or None where the peer has no such workload."""
    extra = ["uvloop"] if peer == "uvloop" else []
    if workload.name == "l_start":
        return start(command, extra, count)
    if workload.name.startswith("i_echo_"):
        return echo(command, extra, workload.name.removeprefix("i_echo_"), count)
    numbers = printed([*command, workload.name, str(count), *extra])
    if numbers is None:
        return None
    if workload.by == "bytes":
        return numbers[-1]
    return numbers[0 if workload.by == "wall" else 1] / count


def printed(command):
    """The numbers that a command prints, or None when it says that it has no such workload."""
    result = subprocess.run(command, capture_output=True, text=True, timeout=600)
    if result.returncode == 3:
        return None
    if result.returncode != 0:
        raise SystemExit(f"{' '.join(command)} failed:\n{result.stderr}")
    return [int(word) for word in result.stdout.split() if word.lstrip("-").isdigit()]


def start(command, extra, count):
    command = [*command, "l_start", "1", *extra]
    begun = time.perf_counter_ns()
    for _ in range(count):
        if subprocess.run(command, stdout=subprocess.DEVNULL).returncode != 0:
            return None
    return (time.perf_counter_ns() - begun) / count


def echo(command, extra, connections, count):
    server = subprocess.Popen([*command, "i_echo", "0", *extra], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, text=True)
    try:
        words = server.stdout.readline().split()
        if words[:1] != ["PORT"]:
            return None
        return printed([C, "client", connections, str(count), words[1]])[0] / count
    finally:
        server.kill()
        server.wait()
