"""Runs the outside programs of extraction, each with a time limit and without leaving anything behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Sequence

from knowledge.errors import ExtractError

PACKAGES = {
    "pdftoppm": "poppler-utils",
    "tesseract": "tesseract-ocr tesseract-ocr-vie",
    "soffice": "libreoffice-writer-nogui",
    "catdoc": "catdoc",
}


def installed(program: str) -> bool:
    """Whether the program is on this machine."""
    return shutil.which(program) is not None


def need(program: str, path: str, purpose: str) -> None:
    """Raises ExtractError, with the Debian package to install, when the program is not on this machine."""
    if not installed(program):
        raise ExtractError(
            path, f"{program} is not installed, it is needed to {purpose}", f"Install it: apt-get install {PACKAGES[program]}"
        )


def run(command: Sequence[str], path: str, seconds: int) -> bytes:
    """What the command prints. Raises ExtractError when it fails or does not end in time.

    The command gets a process group of its own: soffice is a shell script, and killing that alone would leave the office running.
    """
    program = next(word for word in command if word != "env" and "=" not in word)
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        try:
            output, complaint = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise ExtractError(
                path, f"{program} did not end within {seconds} seconds", "Split the file, or save it as .docx or text"
            ) from None
    if process.returncode:
        said = complaint.decode("utf-8", "replace").strip().splitlines()
        reason = said[-1][:200] if said else f"exit status {process.returncode}"
        raise ExtractError(path, f"{program} could not read it ({reason})", "Open it in its own program and save it anew")
    return output
