"""Fetching a web page or a file from an address, within limits of time, size and place."""

import ipaddress
import socket
import time
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from workbench.errors import BadInput, Unavailable

SECONDS = 30  # for everything together
LARGEST = 20_000_000  # bytes
_REDIRECTS = 5
_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered. url: where it was in the end; name: the last part of its path."""

    data: bytes
    url: str
    name: str


def is_address(text: str) -> bool:
    """Whether a text is a web address rather than the name of a file."""
    return text.lower().startswith(("http://", "https://"))


def fetch(url: str, *, private: bool = False) -> Fetched:
    """Fetch what is at a web address.

    private: also from addresses inside this network, which a server that others can reach must
        never be made to ask.

    Raises:
        BadInput: no web address, one that is not to be asked, an error page, or too much.
        Unavailable: there is no connection, or no answer in time.
    """
    deadline = time.monotonic() + SECONDS
    for _ in range(_REDIRECTS):
        data, onward = _ask(url, private, deadline)
        if not onward:
            return Fetched(data, url, urlsplit(url).path.rpartition("/")[2])
        url = urljoin(url, onward)
    raise BadInput(f"{url} leads from one address to the next; save the page and import the file.")


def _ask(url: str, private: bool, deadline: float) -> tuple[bytes, str]:
    """The body, or where to go instead."""
    import urllib3

    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not host:
        raise BadInput(f"{url!r} is no web address; it begins with http:// or https://.")
    # The connection goes to the address that was looked at, not to one that the name might mean
    # a moment later.
    address = _resolve(host, private)
    pool: urllib3.HTTPConnectionPool
    if parts.scheme == "https":
        pool = urllib3.HTTPSConnectionPool(
            address, parts.port, retries=False, server_hostname=host, assert_hostname=host
        )
    else:
        pool = urllib3.HTTPConnectionPool(address, parts.port, retries=False)
    where = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    headers = {"Host": parts.netloc.rpartition("@")[2], "User-Agent": "Mozilla/5.0 (Workbench)"}
    try:
        answer = pool.urlopen(
            "GET", where, headers=headers, redirect=False, preload_content=False,
            timeout=max(deadline - time.monotonic(), 1.0),
        )  # fmt: skip
        onward = answer.headers.get("Location", "") if 300 <= answer.status < 400 else ""
        if answer.status >= 400:
            raise BadInput(
                f"{url} answers with error {answer.status}; open it in a browser, save the page "
                "and import the file."
            )
        return (b"" if onward else _body(answer, url, deadline)), onward
    except urllib3.exceptions.HTTPError as error:
        raise Unavailable(
            f"{host} can't be reached ({type(error).__name__}); check the connection, or save the "
            "page elsewhere and import the file."
        ) from None
    finally:
        pool.close()


def _body(answer: "object", url: str, deadline: float) -> bytes:
    parts = []
    size = 0
    for chunk in answer.stream(_CHUNK, decode_content=True):  # type: ignore[attr-defined]
        size += len(chunk)
        if size > LARGEST:
            raise BadInput(f"{url} holds more than {LARGEST // 1_000_000} MB; import a file.")
        if time.monotonic() > deadline:
            raise Unavailable(f"{url} took more than {SECONDS} seconds; try again later.")
        parts.append(chunk)
    return b"".join(parts)


def _resolve(host: str, private: bool) -> str:
    """An address of a host that may be asked."""
    try:
        found = [str(info[4][0]) for info in socket.getaddrinfo(host, None)]
    except (OSError, UnicodeError):
        raise Unavailable(
            f"{host} can't be found; check the connection and the address, or save the page "
            "elsewhere and import the file."
        ) from None
    if not private and not all(ipaddress.ip_address(address).is_global for address in found):
        raise BadInput(f"{host} is an address inside this network, which is not fetched from here.")
    return found[0]
