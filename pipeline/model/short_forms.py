"""The other forms of one Draft: what goes into the digest, into a post, and how an update is told."""

from dataclasses import dataclass

from pipeline.model.drafts import Sentence


@dataclass(frozen=True, slots=True)
class DigestItem:
    """25 to 70 words in all, where the Draft has as many to give, and one link."""

    title: Sentence
    sentences: tuple[Sentence, ...]
    link: str
    link_text: str

    @property
    def words(self) -> int:
        """Words of the text, without title and link."""
        return sum(len(sentence.text.split()) for sentence in self.sentences)


@dataclass(frozen=True, slots=True)
class Post:
    """A post of fewer than 280 characters with its link, counted as they stand."""

    sentence: Sentence
    link: str

    @property
    def text(self) -> str:
        """The words as they are posted."""
        return f"{self.sentence.text} {self.link}".strip()


@dataclass(frozen=True, slots=True)
class UpdateItem:
    """What has changed, what stays the same, what to do. Each may be empty but the first."""

    changed: tuple[Sentence, ...]
    same: tuple[Sentence, ...] = ()
    to_do: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class ShortForms:
    """All forms beside the website's item. ``subject`` is a mail's, ``update`` None for what is new."""

    digest: DigestItem
    subject: str
    post: Post
    update: UpdateItem | None = None
