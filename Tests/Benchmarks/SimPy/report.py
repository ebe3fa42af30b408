"""Memory and the line of JSON that `scripts/bench` reads."""

import json
import resource


def report(workload, pending, count, seconds, check):
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line = {
        "workload": workload,
        "pending": pending,
        "count": count,
        "rate": count / seconds,
        "check": check,
        "peak_mb": peak,
    }
    print(json.dumps(line))


def arguments(argv, *names):
    """Positive whole numbers from the command line, or how to call the program."""
    if len(argv) == len(names) + 1 and all(text.isdigit() and int(text) > 0 for text in argv[1:]):
        return [int(text) for text in argv[1:]]
    program = argv[0].rsplit("/", 1)[-1]
    raise SystemExit(f"usage: {program} {' '.join(names)}")
