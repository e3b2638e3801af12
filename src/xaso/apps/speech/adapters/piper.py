"""Piper, with a voice that the operator has put into a folder: `vi.onnx` and `vi.onnx.json`."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from xaso.apps.speech.adapters.programs import say_with


@dataclass(frozen=True)
class Piper:
    """One voice of Piper. Its name holds the model's size and time, so that a new model is heard at once."""

    program: str
    model: Path

    @property
    def name(self) -> str:
        stat = self.model.stat()
        return f"piper:{self.model.name}:{stat.st_size}:{int(stat.st_mtime)}"

    def is_there(self) -> bool:
        """Tell whether the program is installed and the voice lies in its place, with the description that it can't be read without."""
        return self.model.is_file() and self.model.with_name(f"{self.model.name}.json").is_file() and shutil.which(self.program) is not None

    def say(self, text: str, language: str) -> bytes:
        """Return a WAV file."""
        return say_with([self.program, "--model", str(self.model), "--output_file", "-"], text)
