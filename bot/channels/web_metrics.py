"""Counts questions and times answers, and writes both in the Prometheus text format."""

from __future__ import annotations

from collections import Counter

BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)  # seconds


class Metrics:
    """Numbers since the start. Only the event loop touches them, so they need no lock."""

    def __init__(self) -> None:
        self._kinds: Counter[str] = Counter()
        self._refused: Counter[int] = Counter()
        self._judged: Counter[str] = Counter()
        self._within = [0] * len(BOUNDS)
        self._seconds = 0.0

    def answered(self, kind: str, seconds: float) -> None:
        self._kinds[kind] += 1
        self._seconds += seconds
        for place, bound in enumerate(BOUNDS):
            self._within[place] += seconds <= bound

    def refused(self, status: int) -> None:
        self._refused[status] += 1

    def judged(self, good: bool) -> None:
        self._judged["yes" if good else "no"] += 1

    def text(self, build: str) -> str:
        """The exposition text, format 0.0.4."""
        total = self._kinds.total()
        lines = ["# HELP thads_questions_total Questions answered, by kind of answer.", "# TYPE thads_questions_total counter"]
        lines += [f'thads_questions_total{{kind="{_escaped(kind)}"}} {count}' for kind, count in sorted(self._kinds.items())]
        lines += [
            "# HELP thads_refused_requests_total Requests refused, by status.",
            "# TYPE thads_refused_requests_total counter",
        ]
        lines += [f'thads_refused_requests_total{{status="{status}"}} {count}' for status, count in sorted(self._refused.items())]
        lines += ["# HELP thads_judged_answers_total Answers judged by readers.", "# TYPE thads_judged_answers_total counter"]
        lines += [f'thads_judged_answers_total{{helped="{word}"}} {count}' for word, count in sorted(self._judged.items())]
        lines += ["# HELP thads_answer_seconds Time from question to answer.", "# TYPE thads_answer_seconds histogram"]
        lines += [f'thads_answer_seconds_bucket{{le="{b}"}} {n}' for b, n in zip(BOUNDS, self._within, strict=True)]
        lines += [f'thads_answer_seconds_bucket{{le="+Inf"}} {total}']
        lines += [f"thads_answer_seconds_sum {self._seconds:.6f}", f"thads_answer_seconds_count {total}"]
        lines += ["# HELP thads_build_info The build of the law that is served.", "# TYPE thads_build_info gauge"]
        lines += [f'thads_build_info{{build="{_escaped(build)}"}} 1']
        return "\n".join(lines) + "\n"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
