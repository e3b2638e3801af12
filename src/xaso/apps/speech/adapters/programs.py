"""Runs a program that speaks, within bounds of memory and time."""

import subprocess

from xaso.apps.speech.ports import VoiceFailed

CPU_SECONDS = 60
WALL_SECONDS = 60
MEMORY_BYTES = 2 * 1024**3
_BOUNDED = ("prlimit", f"--as={MEMORY_BYTES}", f"--cpu={CPU_SECONDS}", "--core=0")


def say_with(command: list[str], text: str) -> bytes:
    """Return what the program writes for the text. Raises VoiceFailed."""
    line = " ".join(text.split()) + "\n"
    try:
        done = subprocess.run([*_BOUNDED, *command], input=line.encode(), capture_output=True, check=False, timeout=WALL_SECONDS)
    except (subprocess.TimeoutExpired, OSError) as error:
        raise VoiceFailed(f"{command[0]}: {error}") from error
    if done.returncode or not done.stdout:
        raise VoiceFailed(f"{command[0]}: {done.stderr.decode(errors='replace')[-300:]}")
    return done.stdout
