"""The bounces in a Maildir: what is new is given out, what was read is moved from new/ to cur/.

A mail that is no bounce goes to cur/ without the flag of what was read, so that a mail program shows it as
unread. Deletes nothing. https://cr.yp.to/proto/maildir.html
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from alerts.bounces.parts import LARGEST
from pipeline.model.errors import TransientError


class Maildir:
    """One Maildir. A mail's name is its unique name, which is the same in new/ and in cur/."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._places: dict[str, Path] = {}

    def waiting(
        self, known: Callable[[Iterable[str]], set[str]], *, most: int
    ) -> Iterator[tuple[str, bytes]]:
        """(name, first megabyte) of mails that are unread and whose names are not ``known``.

        Those in cur/ count, too: a mail program that looks into the folder moves them there.
        """
        found = self._found()
        given = 0
        for name in sorted(found.keys() - known(found)):
            if given >= most:
                return
            try:
                with found[name].open("rb") as file:
                    raw = file.read(LARGEST)
            except FileNotFoundError:  # somebody else has moved it; it is there again next time
                continue
            except OSError as error:
                raise TransientError(f"a mail in {self._folder} cannot be read: {error.strerror}") from None
            self._places[name] = found[name]
            given += 1
            yield name, raw

    def names(self) -> list[str]:
        """The names of all mails that are unread."""
        return list(self._found())

    def settle(self, name: str, *, ours: bool) -> None:
        """Move a mail that was given out to cur/; as read if it was a report about a mail of ours."""
        place = self._places.pop(name)
        flags = place.name.partition(":2,")[2]
        flags = "".join(sorted({*flags, "S"})) if ours else flags
        try:
            place.rename(self._folder / "cur" / f"{name}:2,{flags}")
        except FileNotFoundError:  # moved by somebody else: its name is known, it is not read again
            return
        except OSError as error:
            raise TransientError(f"a mail in {self._folder} cannot be moved: {error.strerror}") from None

    def close(self) -> None:
        """Nothing is held open."""

    def _found(self) -> dict[str, Path]:
        try:
            return {path.name.partition(":")[0]: path for path in self._unread()}
        except OSError as error:
            raise TransientError(f"the Maildir {self._folder} cannot be read: {error.strerror}") from None

    def _unread(self) -> Iterator[Path]:
        yield from (path for path in (self._folder / "new").iterdir() if not path.name.startswith("."))
        for path in (self._folder / "cur").iterdir():
            if not path.name.startswith(".") and "S" not in path.name.partition(":2,")[2]:
                yield path
