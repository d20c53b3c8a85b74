"""What the library asks of its authors: everything that lapsed, broke or was forgotten, with the link that mends it."""

from app.library.health.checkup import summary as summary
