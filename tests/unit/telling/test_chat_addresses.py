"""SENDWATCH_CHAT: private chats alone, and what is wrong is said without repeating an address."""

import pytest

from sendwatch.telling.chat_addresses import chat_addresses, refused, title_of


@pytest.mark.parametrize(
    "address",
    [
        "slack://T0/B0/hush/#news",
        "https://hooks.slack.com/services/T0/B0/hush",
        "discord://123/hush?thread=7",
        "tgram://1:hush/22",
        "mmosts://chat.charity.example/hush",
        "ntfys://hush",
        "jsons://user:hush@host.example/path?+X-Key=hush",
        "json://127.0.0.1:8080/x",
        "form://[::1]:8080/x",
        "workflows://prod.example:443/hush/hush?proxy=https://x.example",
        "SLACK://T0/B0/hush",
    ],
)
def test_a_chat_of_the_team_may_be_told(address: str) -> None:
    assert refused(address) == ""
    assert chat_addresses(address) == (address,)
    assert "hush" not in title_of(address)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("hush", "not one address"),
        ("://hush", "not one address"),
        ("json://", "not one address"),
        ("slack://T0/B0/hush,discord://1/hush", "separate addresses by spaces"),
        ("json://chat.example/hush", "write jsons://"),
        ("ntfy://hush", "write ntfys://"),
        ("syslog://hush", "touches the machine"),
        ("dbus://hush", "touches the machine"),
        ("kde://hush", "touches the machine"),
        ("macosx://hush", "touches the machine"),
        ("windows://hush", "touches the machine"),
        ("exec://hush", "touches the machine"),
        ("file:///etc/hush", "touches the machine"),
        ("mastodons://hush@social.example", "open to the public"),
        ("x://hush/b/c/d", "open to the public"),
        ("mailtos://u:hush@mail.example", "SENDWATCH_TEAM"),
        ("foo://hush", "foo:// is not a kind"),
        ("twilio://hush:b@1/2", "twilio:// is not a kind"),
        ("jsons://host/hush?verify=no", "option verify"),
        ("jsons://host/hush?Redirect=yes", "option redirect"),
        ("jsons://host/hush?a=b&optional=yes", "option optional"),
        ("slack://T0/B0/hush?template=/etc/passwd", "option template"),
        ("jsons://host/hush?a=b?verify=no", "option verify"),
    ],
)
def test_what_is_no_chat_of_the_team_is_refused_in_words(address: str, words: str) -> None:
    with pytest.raises(ValueError, match=words) as said:
        chat_addresses(address)
    assert "hush" not in str(said.value)


def test_several_stand_on_lines_or_between_spaces_and_the_wrong_one_is_counted_out() -> None:
    two = chat_addresses("slack://T0/B0/hush\n  jsons://host.example/x   slack://T0/B0/hush ")
    assert two == ("slack://T0/B0/hush", "jsons://host.example/x")
    assert chat_addresses(" \n") == ()
    with pytest.raises(ValueError, match="number 2: syslog"):
        chat_addresses("slack://T0/B0/hush syslog://x")
    with pytest.raises(ValueError, match="11 chats; 10 at most"):
        chat_addresses(" ".join(f"jsons://host.example/{n}" for n in range(11)))


def test_without_apprise_it_says_what_to_install_and_without_a_chat_nothing() -> None:
    with pytest.raises(ValueError, match=r"pip install 'sendwatch\[chat\]'"):
        chat_addresses("slack://T0/B0/x", installed=lambda: False)
    assert chat_addresses("", installed=lambda: False) == ()


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("slack://hush.hush/b/c", "Slack"),
        ("discord://hush/b", "Discord"),
        ("ntfys://hush.hush", "ntfy"),
        ("matrixs://hush", "Matrix"),
        ("mmosts://user:hush@chat.charity.example:8443/hush", "Mattermost at chat.charity.example"),
        ("json://127.0.0.1:80/hush", "JSON at 127.0.0.1"),
        ("https://discord.com/api/webhooks/1/hush", "chat at discord.com"),
    ],
)
def test_people_read_of_an_address_what_is_no_secret(address: str, title: str) -> None:
    assert title_of(address) == title
