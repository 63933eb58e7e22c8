"""The presets: what a module has where its catalogue says nothing."""

from __future__ import annotations

HOUSE = "house"
"""What tfgen's authors give each service: a log group, roles, outputs, a circuit breaker, and so on."""

BARE = "bare"
"""The provider's defaults: nothing is made or exported that is not written."""

PRESETS = (HOUSE, BARE)
