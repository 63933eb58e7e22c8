"""What an edit leaves as it is. Of a large module that is nearly all of it, and nobody has to read it."""

from __future__ import annotations

from collections import defaultdict

from generator.hcl.nodes import Nodes


def staying(before: Nodes, after: Nodes) -> set[str]:
    """Return the blocks that are the same node before and after, and read nothing else, by way of others either."""
    readers: defaultdict[str, list[str]] = defaultdict(list)
    for address, node in after.items():
        for read in node.addresses_read:
            readers[read].append(address)
    touched = [address for address in before.keys() | after.keys() if before.get(address) is not after.get(address)]
    reached = set(touched)
    while touched:
        new = [reader for reader in readers[touched.pop()] if reader not in reached]
        reached.update(new)
        touched += new
    return after.keys() - reached
