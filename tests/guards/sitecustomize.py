"""Started with PYTHONPATH=tests/guards and CRM_LAB_GUARD=1, no Python process reaches beyond its own machine.

Python imports this module by its name at every start, in kernels and in what they start. It listens to the
interpreter's own audit events, which tell of every connection and name look-up before it happens.
"""

import os
import sys
from ipaddress import ip_address

REFUSED = "Notebooks need no network, so the tests allow none. Refused: {}"
NAMES = {"", "localhost", "localhost.localdomain", "ip6-localhost"}
CONNECTS = {"socket.connect", "socket.sendto", "socket.sendmsg"}  # arguments: socket, address
LOOKUPS = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}  # first argument: host


def is_local(host):
    """Whether a host is this machine, judged without asking anybody."""
    if host is None:
        return True
    text = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    if text.lower() in NAMES:
        return True
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def guard(event, arguments):
    """Raise PermissionError for a connection to another machine, or for asking where another machine is."""
    if event in CONNECTS:
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None  # a Unix socket's address is a path
    elif event in LOOKUPS:
        host = arguments[0]
    else:
        return
    if not is_local(host):
        raise PermissionError(REFUSED.format(host))


if os.environ.get("CRM_LAB_GUARD") == "1":
    sys.addaudithook(guard)
