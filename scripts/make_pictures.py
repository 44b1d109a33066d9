"""Make the README's picture again: the demonstration's letter mail, as a browser shows it.

    python scripts/make_pictures.py

Needs Chromium; says so if there is none. Every document in the picture is invented.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "pictures" / "alert-mail.png"


def main() -> int:
    """Run the demonstration aside and photograph its letter mail. Returns the exit code."""
    browser = next((b for b in ("chromium", "chromium-browser", "google-chrome") if shutil.which(b)), None)
    if browser is None:
        print("Chromium is needed to make the picture (on Debian: apt-get install chromium)", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        demo = [sys.executable, "-m", "sendwatch", "demo", "--folder", f"{folder}/demo"]
        subprocess.run(demo, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
        page = next(Path(folder, "demo", "mail").glob("*new-letter*.html"))
        shown = re.sub(r"http://127\.0\.0\.1:\d+", "https://www.gov.example", page.read_text("utf-8"))
        page.write_text(shown, "utf-8")
        TARGET.parent.mkdir(parents=True, exist_ok=True)
        options = ["--headless", "--no-sandbox", "--hide-scrollbars", "--window-size=700,1330"]
        shoot = [browser, *options, f"--screenshot={TARGET}", str(page)]
        subprocess.run(shoot, check=True, capture_output=True)
    print(f"{TARGET.relative_to(ROOT)}: {TARGET.stat().st_size // 1000} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
