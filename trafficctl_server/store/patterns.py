"""Matching of resource names."""

ANY = "-"


def literal_start(pattern: str) -> str:
    """Answer what every name that fits the pattern starts with."""
    start: list[str] = []
    for segment in pattern.split("/"):
        if segment == ANY:
            return "".join(f"{part}/" for part in start)
        start.append(segment)
    return pattern


def fits(name: str, pattern: str) -> bool:
    """Answer whether a name has the pattern's segments; ``-`` stands for any one."""
    wanted = pattern.split("/")
    found = name.split("/")
    return len(wanted) == len(found) and all(
        want in (ANY, have) for want, have in zip(wanted, found, strict=True)
    )
