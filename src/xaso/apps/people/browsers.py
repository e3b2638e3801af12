"""Says in two words which browser on which system a request came from, and whether it is a phone. Pure."""

BROWSERS = (
    ("coc_coc_browser", "Cốc Cốc"),
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)

PHONES = ("iPhone", "Mobile")


def is_phone(user_agent: str) -> bool:
    """Tell whether the browser says that it runs on a phone. Browsers on Android tablets leave “Mobile” out; some do not."""
    return any(mark in user_agent for mark in PHONES)


def device_of(user_agent: str) -> str:
    """Return browser and system by their own names, like `Chrome · Windows`; empty for one that is not known."""
    found = (next((name for mark, name in marks if mark in user_agent), "") for marks in (BROWSERS, SYSTEMS))
    return " · ".join(filter(None, found))
