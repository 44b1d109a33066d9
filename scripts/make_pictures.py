"""Make the README's pictures again: mails of the demonstration and a digest, as a browser shows them.

    python scripts/make_pictures.py

Needs Chromium; says so if there is none. Every document in the pictures is invented.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from tests.support.invented_week import an_invented_week  # noqa: E402 - the folder above is not a package

TARGET = ROOT / "docs" / "pictures"
PICTURES = {  # by file: the mail in it, and how much of it fits (pixels)
    "alert-mail.png": ("*new-letter*.html", "700,1330"),
    "change-mail.png": ("*quiet-change*.html", "700,842"),
    "digest-mail.png": ("an-invented-week.html", "680,1480"),
}


def main() -> int:
    """Run the demonstration aside and photograph its mails. Returns the exit code."""
    browser = next((b for b in ("chromium", "chromium-browser", "google-chrome") if shutil.which(b)), None)
    if browser is None:
        print(
            "Chromium is needed to make the pictures (on Debian: apt-get install chromium)", file=sys.stderr
        )
        return 1
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        demo = [sys.executable, "-m", "sendwatch", "demo", "--folder", f"{folder}/demo"]
        subprocess.run(demo, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
        week = Path(folder, "demo", "mail", "an-invented-week.html")
        week.write_text(an_invented_week().html, "utf-8")
        for name, (mail, size) in PICTURES.items():
            page = next(Path(folder, "demo", "mail").glob(mail))
            shown = re.sub(r"http://127\.0\.0\.1:\d+", "https://www.gov.example", page.read_text("utf-8"))
            page.write_text(shown, "utf-8")
            picture = TARGET / name
            options = ["--headless", "--no-sandbox", "--disable-background-networking", "--hide-scrollbars"]
            options += [f"--user-data-dir={folder}/browser", f"--window-size={size}"]
            shoot = [browser, *options, f"--screenshot={picture}", str(page)]
            subprocess.run(shoot, check=True, capture_output=True)
            print(f"{picture.relative_to(ROOT)}: {picture.stat().st_size // 1000} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
