"""How the stand-in behaves: well, or as badly as a test or a person at its control asks.

normal · slow (answers late) · silent (never answers) · down (hangs up on whoever comes) · throttled (says: slower) ·
refused (answers `status`) · lost (takes the message, then hangs up without an answer) · twice (says everything twice) ·
wrong (what: sequence, command, length, garbage)
"""

from dataclasses import dataclass

MODES = ("normal", "slow", "silent", "down", "throttled", "refused", "lost", "twice", "wrong")
WRONGS = ("sequence", "command", "length", "garbage")
FATES = ("delivered", "undelivered", "expired", "enroute", "none")
IDS = ("hex", "decimal")


@dataclass
class Conduct:
    """The present behaviour. `times` is after how many messages it behaves again, 0 for never.

    `receipts` is what receipts say, or none; `ids` is how they write the id that was answered in hexadecimal.
    """

    mode: str = "normal"
    what: str = "sequence"
    seconds: float = 8.0
    status: int = 0x0B
    times: int = 0
    receipts: str = "delivered"
    ids: str = "hex"
    options: bool = True

    def spend(self) -> str:
        """Return the mode for one message, and count it."""
        mode = self.mode
        if mode != "normal" and self.times:
            self.times -= 1
            if not self.times:
                self.mode = "normal"
        return mode

    def change(self, wanted: dict[str, str]) -> None:
        """Set what is named. Raises ValueError for anything unknown."""
        for name, known in (("mode", MODES), ("what", WRONGS), ("receipts", FATES), ("ids", IDS)):
            if name in wanted:
                if wanted[name] not in known:
                    raise ValueError(f"{name}: {', '.join(known)}")
                setattr(self, name, wanted[name])
        self.seconds = float(wanted.get("seconds", self.seconds))
        self.status = int(wanted.get("status", str(self.status)), 0)
        self.times = int(wanted.get("times", self.times))
        self.options = wanted.get("options", "1" if self.options else "") not in {"", "0"}
