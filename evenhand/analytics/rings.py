"""Which arcs of a network lie on no ring: strong components, and bridges within them."""

from __future__ import annotations

Arc = tuple[int, int, bool, bool]  # Two nodes; whether one can walk from first to second, and back.
_Links = list[list[tuple[int, int]]]


def off_every_ring(nodes: int, arcs: list[Arc]) -> list[int]:
    """The places in `arcs` of those on no ring of three or more different arcs.

    An arc is on a ring just when both ends are in one strong component and taking the arc away
    would not part it. Time grows with nodes and arcs. Tarjan (1972), SIAM J. Comput. 1:146-160.
    """
    links: _Links = [[] for _ in range(nodes)]
    for place, (one, other, out, back) in enumerate(arcs):
        if out:
            links[one].append((other, place))
        if back:
            links[other].append((one, place))
    part = strong_parts(links)
    both: _Links = [[] for _ in range(nodes)]
    apart = []
    for place, (one, other, _, _) in enumerate(arcs):
        if part[one] != part[other]:
            apart.append(place)
        else:
            both[one].append((other, place))
            both[other].append((one, place))
    return apart + bridges(both)


def strong_parts(links: _Links) -> list[int]:
    """For each node the number of its strong component: Tarjan's method, without recursion."""
    count = len(links)
    seen, low, part = [0] * count, [0] * count, [-1] * count
    clock, parts = 0, 0
    waiting: list[int] = []
    for root in range(count):
        if seen[root] or not links[root]:
            continue
        clock += 1
        seen[root] = low[root] = clock
        waiting.append(root)
        walk = [(root, iter(links[root]))]
        while walk:
            node, ways = walk[-1]
            for other, _ in ways:
                if not seen[other]:
                    clock += 1
                    seen[other] = low[other] = clock
                    waiting.append(other)
                    walk.append((other, iter(links[other])))
                    break
                if part[other] < 0 and seen[other] < low[node]:
                    low[node] = seen[other]
            else:
                walk.pop()
                if walk and low[node] < low[walk[-1][0]]:
                    low[walk[-1][0]] = low[node]
                if low[node] == seen[node]:
                    _close(node, waiting, part, parts)
                    parts += 1
    return part


def _close(node: int, waiting: list[int], part: list[int], number: int) -> None:
    """Give all that wait above `node`, and it, their component's number."""
    other = -1
    while other != node:
        other = waiting.pop()
        part[other] = number


def bridges(links: _Links) -> list[int]:
    """The arcs whose loss would part the network, each way open; `links` has each at both ends."""
    count = len(links)
    seen, low = [0] * count, [0] * count
    clock = 0
    found = []
    for root in range(count):
        if seen[root] or not links[root]:
            continue
        clock += 1
        seen[root] = low[root] = clock
        walk = [(root, -1, iter(links[root]))]
        while walk:
            node, came_by, ways = walk[-1]
            for other, arc in ways:
                if arc == came_by:
                    continue
                if not seen[other]:
                    clock += 1
                    seen[other] = low[other] = clock
                    walk.append((other, arc, iter(links[other])))
                    break
                low[node] = min(low[node], seen[other])
            else:
                walk.pop()
                if walk:
                    before = walk[-1][0]
                    low[before] = min(low[before], low[node])
                    if low[node] > seen[before]:
                        found.append(came_by)
    return found
