"""Flask's extensions, made once and bound to an application by the factory."""

from flask_babel import Babel
from flask_compress import Compress
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf import CSRFProtect


class DoorLimiter(Limiter):
    """Limits stand on single views only, and each of these asks for itself: so no other page pays for the question."""

    def _check_request_limit(self, callable_name: str | None = None, in_middleware: bool = True) -> None:
        if not in_middleware:
            super()._check_request_limit(callable_name, in_middleware)


babel = Babel()
compress = Compress()
csrf = CSRFProtect()
limiter = DoorLimiter(get_remote_address, headers_enabled=True)
