"""Read by the scanner: what an address is, as no pattern can say it (RFC 5321, IDNA, reserved names)."""

import schemathesis
from hypothesis import strategies as st

from alerts.addresses import read_address

schemathesis.openapi.format("email", st.emails().filter(lambda typed: read_address(typed).address))
